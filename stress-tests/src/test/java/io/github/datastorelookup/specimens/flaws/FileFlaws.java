package io.github.datastorelookup.specimens.flaws;

import static io.github.datastorelookup.Operation.LOOKUP;
import static io.github.datastorelookup.Operation.READ;
import static io.github.datastorelookup.Operation.WRITE;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.MountTable.Status;
import java.util.ArrayList;
import java.util.List;

/** Open files: which are open, how often, where, and for how long. */
final class FileFlaws {
  private static final String DEVICE = "0f8e6ff2-3bb0-4b29-9bf9-c0b23a8e6d0a";
  private static final String USB = "/mnt/datastore/usb";

  private FileFlaws() {}

  /** P2: the last reader leaves in offline while the mode is cleared; then two writers come. */
  static void lastDropAgainstClearAndLookup(Bench bench) {
    Subject p = bench.start();
    DatastoreHandle reader = p.granted("aaa", READ);
    p.setMode("aaa", MaintenanceMode.OFFLINE);
    List<DatastoreHandle> writers = new ArrayList<>();
    bench.race(
        () -> p.close(reader),
        () -> {
          p.setMode("aaa", MaintenanceMode.NONE);
          p.lookup("aaa", WRITE, writers);
        });
    p.lookup("aaa", WRITE, writers);
    writers.forEach(Bench::lock);
    if (!writers.isEmpty()) {
      p.close(writers.get(0));
    }
    bench.witness.locksKept();
  }

  /** P3: two views of a datastore in offline; one goes, and another comes. */
  static void dropOfOneViewBesideAnother(Bench bench) {
    Subject p = bench.start();
    p.setMode("aaa", MaintenanceMode.OFFLINE);
    DatastoreHandle unused = p.granted("aaa", LOOKUP);
    p.close(p.granted("aaa", LOOKUP));
    DatastoreHandle unusedToo = p.granted("aaa", LOOKUP);
    bench.witness.oneChunkStoreEach();
  }

  /** P4: the files of an idle datastore that is set to delete. */
  static void idleFilesInDelete(Bench bench) {
    Subject api = bench.start();
    Subject proxy = bench.start();
    proxy.close(proxy.granted("aaa", READ));
    api.setMode("aaa", MaintenanceMode.DELETE);
    bench.pass(2);
    bench.witness.closed("/a", "2 s after the mode became delete");
  }

  /** P7: somebody moves a datastore by an edit of its path. */
  static void pathEditedByHand(Bench bench) {
    Subject p = bench.start();
    p.close(p.granted("aaa", WRITE));
    bench.host.files().create("/c");
    bench.editByHand("path /a", "path /c");
    p.setMode("bbb", MaintenanceMode.READ_ONLY); // bumps: from now on all see the edit
    DatastoreHandle writer = p.granted("aaa", WRITE);
    String section = writer.section().absolutePath();
    String store = writer.chunkStore().path();
    bench.witness.require(
        "INV-10",
        section.equals(store),
        "the section is at " + section + ", the files at " + store);
  }

  /** P8: a process cleans up while a datastore of an old name is made anew and looked up. */
  static void cleanUpAgainstCreateAndLookup(Bench bench) {
    bench.config("datastore: bbb\n\tcomment first\n\tpath /b\n");
    Subject p = bench.start();
    bench.race(
        p::tick,
        () -> {
          p.create("aaa", "/a");
          DatastoreHandle unused = p.granted("aaa", WRITE);
        });
    DatastoreHandle unused = p.granted("aaa", WRITE);
    bench.witness.oneChunkStoreEach();
  }

  /** P9: an unmount while the last reader leaves. */
  static void unmountAgainstLastDrop(Bench bench) {
    Subject api = bench.start();
    Subject proxy = bench.start();
    DatastoreHandle reader = proxy.granted("aaa", READ);
    api.setMode("aaa", MaintenanceMode.UNMOUNT);
    bench.oneThreadEach(api, proxy);
    bench.race(
        () -> proxy.close(reader),
        () ->
            api.maintain(
                "aaa",
                MaintenanceMode.UNMOUNT,
                () -> bench.witness.closed("/a", "when it is unmounted")));
    bench.witness.closed("/a", "after it was unmounted");
  }

  /** P10: a datastore that an old process has open goes offline. */
  static void idleFilesOfAnOldProcess(Bench bench) {
    Subject api = bench.start();
    Subject old = bench.start();
    old.close(old.granted("aaa", READ));
    Subject proxy = bench.start();
    proxy.close(proxy.granted("aaa", READ));
    api.setMode("aaa", MaintenanceMode.OFFLINE);
    bench.pass(2);
    bench.witness.closed("/a", "2 s after the mode became offline");
  }

  /** P13: a device is gone from the mount table for a moment, while somebody writes. */
  static void deviceAwayForAMoment(Bench bench) {
    bench.host.files().create(USB);
    bench.config("datastore: usb\n\tbacking-device " + DEVICE + "\n\tpath x\n");
    bench.host.mount(DEVICE, USB, Status.MOUNTED);
    Subject p = bench.start();
    DatastoreHandle first = p.granted("usb", WRITE);
    Bench.lock(first);
    bench.host.mount(DEVICE, USB, Status.NOT_MOUNTED);
    bench.witness.require(
        "INV-13", p.lookup("usb", WRITE) == null, "granted though it is not mounted");
    bench.host.mount(DEVICE, USB, Status.MOUNTED);
    Bench.lock(p.granted("usb", WRITE));
    p.close(first);
    bench.witness.locksKept();
  }
}
