package io.github.datastorelookup.processes;

import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.HistoryLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * An action on a drained datastore that proves the drain. Before and after it no process has a file
 * of the datastore open (INV-5). During it no handle is live (INV-3); the history checker judges
 * that by the two lines of the action.
 */
record Act(Site site, HistoryLog log, int thread) {
  /** What changes the disk. */
  @FunctionalInterface
  interface Work {
    void run(Disk disk) throws IOException;
  }

  /** Runs the action for the call with this id. */
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
