package io.github.datastorelookup.inspect;

import io.github.datastorelookup.inspect.Report.Ledger;
import io.github.datastorelookup.inspect.Report.Life;
import io.github.datastorelookup.inspect.Report.Page;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Reasons;
import io.github.datastorelookup.posix.FilesView;
import io.github.datastorelookup.posix.LedgerView;
import io.github.datastorelookup.posix.LockTable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The ledgers of all processes: read first, explained when the lock table is known. */
final class LedgersView {
  private static final String UNSEEN =
      ", which is alive: it may not show the holder of a maintenance lock either";

  private final FilesView files;
  private final Findings findings;
  private List<Ledger> ledgers = new ArrayList<>();
  private boolean listed;
  private boolean tableShowsAll;

  LedgersView(FilesView files, Findings findings) {
    this.files = files;
    this.findings = findings;
  }

  /** Whether all ledgers are known. */
  boolean listed() {
    return listed;
  }

  List<Ledger> all() {
    return List.copyOf(ledgers);
  }

  /** The ledgers whose words count, or may count. */
  List<Ledger> notDead() {
    return ledgers.stream().filter(ledger -> ledger.life() != Life.DEAD).toList();
  }

  /**
   * Whether the lock table shows every process that could hold a lock here: a process that takes a
   * maintenance lock has a ledger, and holds its lock for life.
   */
  boolean tableShowsAll() {
    return tableShowsAll && listed;
  }

  /**
   * Reads all ledgers.
   *
   * @param probe whether the config lock is held
   */
  void read(Page page, boolean probe) {
    try {
      for (Path path : files.ledgers()) {
        read(path, page, probe);
      }
      listed = true;
    } catch (IOException e) {
      findings.problem("run directory", e);
    }
  }

  private void read(Path path, Page page, boolean probe) {
    LedgerView view = null;
    IOException unreadable = null;
    Life life = Life.NOT_PROBED;
    try {
      try {
        view = files.ledger(path);
      } catch (NoSuchFileException e) {
        throw e;
      } catch (IOException e) {
        unreadable = e; // a problem only if its process is alive
      }
      if (probe) {
        life = files.ownerLives(path) ? Life.LIVE : Life.DEAD;
      }
    } catch (NoSuchFileException e) {
      return; // closed properly since it was listed
    } catch (IOException e) {
      if (unreadable == null) {
        findings.problem("ledger", e);
      }
    }
    if (unreadable != null && life == Life.DEAD) {
      findings.note("ledger", Reasons.of(unreadable) + "; its process is dead");
    } else if (unreadable != null) {
      findings.problem(
          "ledger",
          Reasons.of(unreadable) + "; drains fail if their process cannot read it either");
    }
    boolean hears =
        view == null
            || view.generationPage() == null
            || view.generationPage().equals(page.identity());
    ledgers.add(new Ledger(path, view, life, Set.of(), hears));
  }

  /** Records that live processes may have their ledgers elsewhere. */
  void doubt() {
    listed = false;
  }

  /** Adds the holders in the lock table, and reports the findings. */
  void explain(Page page, LockTable table) {
    ledgers.replaceAll(ledger -> withHolders(ledger, table));
    tableShowsAll = table.known();
    for (Ledger ledger : ledgers) {
      LedgerView view = ledger.view();
      if (ledger.life() == Life.DEAD) {
        if (view != null) {
          findings.note("ledger", death(ledger, view));
        }
        continue;
      }
      if (ledger.holders().isEmpty()) {
        tableShowsAll = false;
        if (ledger.life() == Life.LIVE && table.known()) {
          findings.problem("lock table", "does not show pid " + ledger.pid() + UNSEEN);
        }
      }
      if (view != null) {
        explain(ledger, view, page);
      }
    }
    if (page.missing() && listed && notDead().isEmpty()) {
      findings.note(
          "generation page", page.path() + ": there is none, and no live process needs one");
    }
  }

  private void explain(Ledger ledger, LedgerView view, Page page) {
    String who = "pid " + ledger.pid();
    FileIdentity used = view.generationPage();
    if (used == null) {
      findings.note(
          "generation page", who + " works without one: it reads the config at every lookup");
    } else if (!ledger.hearsSaves()) {
      findings.problem(
          "generation page",
          who
              + " uses "
              + used
              + ", which is not the one at "
              + page.path()
              + ": it does not hear of saves, and drains fail until it is restarted");
    }
    view.words()
        .forEach(
            (name, word) -> {
              if (!possible(word)) {
                findings.problem(
                    "ledger",
                    String.format(
                        Locale.ROOT,
                        "%s: impossible word of %s: 0x%016x",
                        ledger.path(),
                        name,
                        word));
              }
            });
  }

  private static boolean possible(long word) {
    long bits = OperationWord.CLOSING | OperationWord.CLOSED;
    return word >= 0
        && word < 2 * OperationWord.CLOSED
        && (word & bits) != bits
        && !OperationWord.full(word, OperationWord.READ)
        && !OperationWord.full(word, OperationWord.WRITE);
  }

  private static String death(Ledger ledger, LedgerView view) {
    int reads = view.words().values().stream().mapToInt(OperationWord::reads).sum();
    int writes = view.words().values().stream().mapToInt(OperationWord::writes).sum();
    return ledger.path()
        + ": pid "
        + view.pid()
        + (reads + writes == 0
            ? " died with no operation running"
            : " died with " + reads + " READ and " + writes + " WRITE running, no longer counted");
  }

  private Ledger withHolders(Ledger ledger, LockTable table) {
    LedgerView view = ledger.view();
    Set<Long> holders;
    try {
      holders = table.holders(view == null ? files.identity(ledger.path()) : view.identity());
    } catch (IOException e) {
      return ledger; // the failure to read it is reported already
    }
    return new Ledger(ledger.path(), view, ledger.life(), holders, ledger.hearsSaves());
  }
}
