package io.github.datastorelookup.lincheck;

import io.github.datastorelookup.jvm.JvmSeam;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.races.TwoProcesses;
import java.io.IOException;

/**
 * A config lock that is a monitor, and a pause that ends when it is free.
 *
 * <p>Lincheck takes every loop of ten rounds for a lock that somebody else has to give back, and
 * one of fifty for a hang. A polled lock reaches that; one that is waited for never does.
 */
final class GateLocks implements Locks {
  private final Locks others;
  private final Gate gate;

  private GateLocks(Locks others, Gate gate) {
    this.others = others;
    this.gate = gate;
  }

  @Override
  public LockFile config() {
    return gate;
  }

  @Override
  public LockFile maintenance(String name) {
    return others.maintenance(name);
  }

  @Override
  public void close() throws IOException {
    others.close();
  }

  /** The one config lock of a machine, for all its processes. */
  static final class Gate implements LockFile {
    private boolean held;

    /** The ports of a process that waits here. */
    Ports guard(Ports ports) {
      return TwoProcesses.with(ports, new GateLocks(ports.locks(), this), new WaitingSeam(this));
    }

    @Override
    public String path() {
      return ".datastore.lck";
    }

    @Override
    public synchronized boolean tryLock() {
      boolean free = !held;
      held = true;
      return free;
    }

    @Override
    public synchronized void unlock() {
      held = false;
      notifyAll();
    }

    private synchronized void awaitFree() throws InterruptedException {
      while (held) {
        wait();
      }
    }
  }

  private static final class WaitingSeam extends JvmSeam {
    private final Gate gate;

    WaitingSeam(Gate gate) {
      this.gate = gate;
    }

    @Override
    public void pause(long nanos) throws InterruptedException {
      gate.awaitFree();
    }
  }
}
