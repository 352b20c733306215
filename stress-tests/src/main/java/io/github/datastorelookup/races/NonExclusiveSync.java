package io.github.datastorelookup.races;

/** Deliberately wrong: mutexes exclude no thread either. */
final class NonExclusiveSync extends TwoStepSync {
  @Override
  public Mutex newMutex(String name) {
    return new NonExclusiveMutex();
  }

  private static final class NonExclusiveMutex implements Mutex {
    @Override
    public void lock() {}

    @Override
    public boolean tryLock() {
      return true;
    }

    @Override
    public boolean tryLock(long nanos) {
      return true;
    }

    @Override
    public void unlock() {}
  }
}
