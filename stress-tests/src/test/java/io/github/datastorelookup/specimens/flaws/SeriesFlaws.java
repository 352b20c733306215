package io.github.datastorelookup.specimens.flaws;

import static io.github.datastorelookup.Operation.READ;
import static io.github.datastorelookup.Operation.WRITE;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.config.MaintenanceMode;

/** What only one of the two versions of the patch series gets wrong. */
final class SeriesFlaws {
  private SeriesFlaws() {}

  /** V1: somebody edits by hand, and nobody saves for a minute. */
  static void editByHand(Bench bench) {
    Subject p = bench.start();
    bench.race(
        () -> {
          p.close(p.granted("bbb", READ));
          bench.sleep(60);
          DatastoreHandle reader = p.granted("bbb", READ);
          String comment = reader.section().property("comment");
          bench.witness.require(
              "INV-2",
              "second".equals(comment),
              "the comment is '" + comment + "' 60 s after the edit");
        },
        () -> bench.editByHand("comment first", "comment second"));
  }

  /** V2: who sets a mode is killed, and a minute passes. */
  static void saveThatIsKilledAMinuteAgo(Bench bench) {
    Subject saver = bench.start();
    Subject other = bench.start();
    other.close(other.granted("aaa", WRITE));
    bench.oneThreadEach(saver, other);
    bench.mayKill(saver);
    bench.race(
        () -> saver.setMode("aaa", MaintenanceMode.READ_ONLY),
        () -> {
          bench.sleep(60);
          boolean happened = bench.text().contains("read-only");
          boolean admits = other.lookup("aaa", WRITE) != null;
          bench.witness.require(
              "INV-1",
              !(happened && admits),
              "the file says read-only for 60 s, and a writer is admitted");
        });
  }

  /** R1: two processes that have it all cached, some time after a save, look up once each. */
  static void lookupsOfTwoProcesses(Bench bench) {
    Subject one = bench.start();
    Subject two = bench.start();
    one.close(one.granted("aaa", READ));
    two.close(two.granted("aaa", READ));
    one.setMode("bbb", MaintenanceMode.READ_ONLY);
    one.close(one.granted("aaa", READ));
    two.close(two.granted("aaa", READ));
    bench.oneThreadEach(one, two);
    long before = bench.host.generation().get();
    bench.race(() -> one.lookup("aaa", READ), () -> two.lookup("aaa", READ));
    long bumps = bench.host.generation().get() - before;
    bench.witness.require(
        "INV-8", bumps == 0, "2 lookups without an edit bumped " + bumps + " times");
  }

  /** R2: as P2, a minute after the mode was set, so that the drop has to read the file. */
  static void dropAgainstClear(Bench bench) {
    Subject p = bench.start();
    DatastoreHandle reader = p.granted("aaa", READ);
    p.setMode("aaa", MaintenanceMode.OFFLINE);
    bench.sleep(60);
    bench.race(
        () -> p.close(reader),
        () -> {
          p.setMode("aaa", MaintenanceMode.NONE);
          bench.witness.require(
              "INV-1",
              p.lookup("aaa", WRITE) != null,
              "the mode was cleared, and a writer is refused");
        });
  }
}
