package io.github.datastorelookup.processes;

import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.HistoryLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What is done to a drained datastore, with the proof that it was one: before and afterwards no
 * process has a file of it open (INV-5), and while it is done no handle is live (INV-3, judged by
 * the two lines that it writes).
 */
record Act(Site site, HistoryLog log, int thread) {
  /** What changes the disk. */
  @FunctionalInterface
  interface Work {
    void run(Disk disk) throws IOException;
  }

  /** Does it; the id is that of the call that led here. */
  void run(long id, String name, Disk disk, Work work) {
    log.write(thread, Event.ACT_START, id, name, "");
    try {
      requireNothingOpen(id, name, disk);
      work.run(disk);
      requireNothingOpen(id, name, disk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    log.write(thread, Event.ACT_END, id, name, "");
  }

  private void requireNothingOpen(long id, String name, Disk disk) throws IOException {
    List<String> open = OpenFiles.below(site, disk.path());
    if (!open.isEmpty()) {
      log.violated(thread, id, name, "INV-5", "drained, but files are open: " + open);
    }
  }
}
