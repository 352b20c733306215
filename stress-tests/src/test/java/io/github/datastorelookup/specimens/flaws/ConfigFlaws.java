package io.github.datastorelookup.specimens.flaws;

import static io.github.datastorelookup.Operation.READ;
import static io.github.datastorelookup.Operation.WRITE;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.config.MaintenanceMode;

/** Which config is used, and what of it is understood. */
final class ConfigFlaws {
  private ConfigFlaws() {}

  /** P6: the wall clock is set back by an hour after an edit by hand. */
  static void wallClockSetBack(Bench bench) {
    Subject p = bench.start();
    p.close(p.granted("bbb", READ));
    bench.editByHand("comment first", "comment second");
    bench.setWallClock(-3600);
    bench.pass(60);
    DatastoreHandle reader = p.granted("bbb", READ);
    String comment = reader.section().property("comment");
    bench.witness.require(
        "INV-2", "second".equals(comment), "the comment is '" + comment + "' 60 s after the edit");
  }

  /** P16: somebody mistypes a mode. */
  static void modeThatNobodyKnows(Bench bench) {
    bench.editByHand("path /a", "maintenance-mode ofline\n\tpath /a");
    Subject p = bench.start();
    bench.witness.require(
        "INV-13", p.lookup("aaa", WRITE) == null, "mode 'ofline' admits a writer");
    bench.witness.require("INV-13", p.lookup("aaa", READ) == null, "mode 'ofline' admits a reader");
  }

  /** P17: who sets a mode is killed at some point. */
  static void saveThatIsKilled(Bench bench) {
    Subject saver = bench.start();
    Subject other = bench.start();
    other.close(other.granted("aaa", WRITE));
    bench.mayKill(saver);
    bench.race(() -> saver.setMode("aaa", MaintenanceMode.READ_ONLY));
    boolean happened = bench.text().contains("read-only");
    boolean admits = other.lookup("aaa", WRITE) != null;
    bench.witness.require(
        "INV-1", !(happened && admits), "the file says read-only, and a writer is admitted");
  }

  /** P5: an offline datastore is deleted while somebody looks up another one. */
  static void deleteOfAnOfflineDatastore(Bench bench) {
    Subject api = bench.start();
    Subject proxy = bench.start();
    bench.oneThreadEach(api, proxy);
    api.setMode("aaa", MaintenanceMode.OFFLINE);
    bench.race(() -> api.destroy("aaa"), () -> bench.witness.prompt(proxy, "bbb"));
  }

  /** P11: a maintenance task runs for a minute while somebody looks up another datastore. */
  static void longMaintenance(Bench bench) {
    Subject api = bench.start();
    Subject proxy = bench.start();
    bench.oneThreadEach(api, proxy);
    bench.race(
        () -> api.maintain("aaa", MaintenanceMode.S3_REFRESH, () -> bench.sleep(60)),
        () -> bench.witness.prompt(proxy, "bbb"));
  }

  /** P12: a datastore that hangs is taken offline while somebody looks up another one. */
  static void offlineBecauseItHangs(Bench bench) {
    Subject api = bench.start();
    Subject proxy = bench.start();
    bench.oneThreadEach(api, proxy);
    bench.disk.slow("/a", true);
    bench.race(
        () -> api.setMode("aaa", MaintenanceMode.OFFLINE),
        () -> bench.witness.prompt(proxy, "bbb"));
  }
}
