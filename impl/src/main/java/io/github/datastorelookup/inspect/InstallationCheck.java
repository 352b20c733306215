package io.github.datastorelookup.inspect;

import io.github.datastorelookup.posix.FilesView;
import io.github.datastorelookup.posix.LockTable;
import io.github.datastorelookup.posix.UseView;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Checks whether live processes use this config together with this run directory. If they use
 * another pair, these files show nothing about them.
 */
final class InstallationCheck {
  private static final String UNDETERMINED =
      ": cannot determine which processes a task would wait for";

  private final FilesView files;
  private final LockTable table;
  private final boolean tableShowsAll;
  private final Findings findings;

  /**
   * Reads nothing yet.
   *
   * @param table read before the files, so that a user in it has already written its pair
   * @param tableShowsAll whether a lock without a holder in the table has none
   */
  InstallationCheck(FilesView files, LockTable table, boolean tableShowsAll, Findings findings) {
    this.files = files;
    this.table = table;
    this.tableShowsAll = tableShowsAll;
    this.findings = findings;
  }

  private interface Use {
    UseView read() throws IOException;
  }

  /** Whether no live process is known to use the config with another run directory. */
  boolean ofRunDirectory() {
    return agrees("run directory", files.runDirectory(), files::runDirectoryUse);
  }

  /** Whether no live process is known to use the run directory with another config. */
  boolean ofConfig() {
    return agrees("config", files.configFile(), files::configUse);
  }

  private boolean agrees(String subject, Path ours, Use use) {
    UseView view;
    try {
      view = use.read();
    } catch (NoSuchFileException e) {
      return true; // never used yet
    } catch (IOException e) {
      findings.problem(subject, e);
      return false;
    }
    if (view.agrees() && view.theirs() != null) {
      return true;
    }
    String fault =
        view.theirs() == null
            ? view.path() + ": is torn"
            : ours + ": " + view.path() + " names another one: theirs=" + view.theirs();
    // A process that is opening it holds it exclusively, and may be about to write.
    Set<Long> users = table.sharers(view.identity());
    if (users.isEmpty() && tableShowsAll) {
      findings.note(subject, fault + "; no process uses it now");
      return true;
    }
    findings.problem(
        subject, fault + "; used by " + Wording.pids(users, "no visible process") + UNDETERMINED);
    return false;
  }
}
