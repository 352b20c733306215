package io.github.datastorelookup.model;

/** A fault of the files that all processes share, except for the config's text. */
public sealed interface FileFault extends ExternalEvent {
  /** Another program acquires the config lock, or releases it. */
  record HoldLock(boolean held) implements FileFault {
    @Override
    public String toString() {
      return held ? "config locked" : "config unlocked";
    }
  }

  /** The config file is removed. */
  record RemoveConfig() implements FileFault {
    @Override
    public String toString() {
      return "config removed";
    }
  }

  /** The config file has zero bytes, as after a power failure. */
  record EmptyConfig() implements FileFault {
    @Override
    public String toString() {
      return "config of zero bytes";
    }
  }

  /** Replacing the config file takes effect, and then fails; this many times. */
  record FailSyncs(int saves) implements FileFault {
    @Override
    public String toString() {
      return saves + " saves not synced";
    }
  }

  /** The generation page becomes a new file with the same value. */
  record ReplacePage() implements FileFault {
    @Override
    public String toString() {
      return "page replaced";
    }
  }

  /** The ledger of a process is deleted while it runs. */
  record ReplaceLedger(int of) implements FileFault {
    @Override
    public String toString() {
      return "ledger of p" + of + " replaced";
    }
  }

  /** A process drops the lock on its ledger while it runs. */
  record LoseLock(int of) implements FileFault {
    @Override
    public String toString() {
      return "lock on ledger of p" + of + " lost";
    }
  }
}
