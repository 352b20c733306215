package io.github.datastorelookup.specimens.flaws;

import static io.github.datastorelookup.Operation.READ;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.config.MaintenanceMode;
import java.util.concurrent.ConcurrentMap;

/** What is counted, and what is remembered of a datastore. */
final class CountFlaws {
  private CountFlaws() {}

  /** P1: the file with the counts is deleted by hand while somebody reads. */
  static void dropWithoutAnOwnEntry(Bench bench) {
    Subject p = bench.start();
    Subject other = bench.start();
    DatastoreHandle reader = p.granted("aaa", READ);
    p.loseCounts();
    p.close(reader);
    bench.witness.counted(other, 0, 0);
    other.destroy("aaa");
    bench.witness.require(
        "INV-6", !bench.text().contains("datastore: aaa"), "it cannot be removed");
  }

  /** P14: there is no space to count a lookup. */
  static void lookupThatCannotBeCounted(Bench bench) {
    Subject p = bench.start();
    p.failCounting(true);
    bench.witness.require("INV-13", p.lookup("aaa", READ) == null, "granted without a count");
    int open = bench.host.files().open().size();
    bench.witness.require(
        "INV-13", open == 0, "a lookup that was refused left " + open + " file open");
  }

  /** P14: there is no space to count a duplicate. */
  static void duplicateThatCannotBeCounted(Bench bench) {
    Subject p = bench.start();
    DatastoreHandle reader = p.granted("aaa", READ);
    p.failCounting(true);
    DatastoreHandle duplicate = p.duplicate(reader);
    bench.witness.counted(p, duplicate == null ? 1 : 2, 0);
  }

  /** P14: there is no space to count a drop. */
  static void dropThatCannotBeCounted(Bench bench) {
    Subject p = bench.start();
    DatastoreHandle reader = p.granted("aaa", READ);
    p.failCounting(true);
    p.close(reader);
    bench.witness.counted(p, 0, 0);
  }

  /** P15: another section is saved while something runs. */
  static void saveOfAnotherSection(Bench bench) {
    Subject p = bench.start();
    ConcurrentMap<String, Object> state = p.granted("aaa", READ).attributes();
    state.put("garbage collection", "runs");
    p.setMode("bbb", MaintenanceMode.READ_ONLY);
    bench.witness.require(
        "DatastoreHandle.attributes()",
        state.equals(p.granted("aaa", READ).attributes()),
        "the next handle does not know that a garbage collection runs");
  }
}
