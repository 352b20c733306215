package io.github.datastorelookup.pairs;

import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.CommandText;
import java.util.List;
import java.util.Locale;

/** The state of a datastore when two threads meet at it, and the commands that lead there. */
public enum Situation {
  /** Process 0 has its files open, and no process uses it. */
  IDLE(
      "p0: create aaa at /a",
      "p0: lookup aaa READ",
      "p0: close aaa",
      "p1: lookup aaa LOOKUP",
      "p1: close aaa"),
  /** Both processes use it. */
  IN_USE("p0: create aaa at /a", "p0: lookup aaa WRITE", "p1: lookup aaa READ"),
  /** It is offline, still used by process 0, and open and idle in process 1. */
  OFFLINE(
      "p0: create aaa at /a",
      "p0: lookup aaa READ",
      "p1: lookup aaa READ",
      "p1: close aaa",
      "p0: save aaa offline"),
  /** Another datastore has its {@code .lock}, and has it open in process 0. */
  ALIASED(
      "p0: create aaa at /a",
      "p0: create bbb at /b",
      "/b/.lock is that of /a",
      "p0: lookup bbb READ",
      "p0: close bbb",
      "p1: lookup aaa READ"),
  /** A manual edit that no process has noticed yet moved it; process 0 uses it at the old path. */
  MOVED(
      "p0: create aaa at /a",
      "p0: lookup aaa READ",
      "p1: lookup aaa LOOKUP",
      "/b/.lock made anew",
      "editor: aaa at /b",
      "wait 60 s"),
  /** Its files are open in process 0, and can neither be opened nor be closed without an error. */
  BROKEN("p0: create aaa at /a", "p0: lookup aaa READ", "p0: close aaa", "/a is broken"),
  /** Another program has the config lock, and releases it before the second thread begins. */
  LOCKED(
      "p0: create aaa at /a",
      "p0: lookup aaa READ",
      "p1: lookup aaa READ",
      "p1: close aaa",
      "bump",
      "config locked"),
  /** It is on a device that can be removed. */
  REMOVABLE(
      "mount aaa: mounted",
      "p0: create aaa at /mnt/datastore/aaa",
      "p0: lookup aaa READ",
      "p0: close aaa"),
  /** The registry of process 0 is closed, and a handle of it is not. */
  CLOSING(
      "p0: create aaa at /a",
      "p1: lookup aaa READ",
      "p1: close aaa",
      "p0: lookup aaa WRITE",
      "p0: close the registry"),
  /** Process 0 was killed while it used it, and is just started again. */
  RESTARTED(
      "p0: create aaa at /a",
      "p1: lookup aaa LOOKUP",
      "p0: lookup aaa WRITE",
      "p0: killed",
      "p0: started");

  private final String setup;

  Situation(String... setup) {
    this.setup = String.join("\n", setup);
  }

  public List<Command> setup() {
    return setup.lines().map(CommandText::parse).toList();
  }

  /** Its place in the list, from 0. */
  public int number() {
    return List.of(values()).indexOf(this);
  }

  /** Where the datastore is, or was until a manual edit. */
  public String path() {
    return this == REMOVABLE ? "/mnt/datastore/aaa" : "/a";
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
