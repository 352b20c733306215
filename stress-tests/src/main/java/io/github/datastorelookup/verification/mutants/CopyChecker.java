package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import io.github.datastorelookup.verification.tests.CheckLauncher;
import io.github.datastorelookup.verification.tests.CheckObserver;
import io.github.datastorelookup.verification.tests.CheckScan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;

/** Runs a check against a copy of the library, in a class loader of its own, for a limited time. */
final class CopyChecker {
  private final List<Path> checkFolders;
  private final Duration limit;

  /** Checks come from these folders of class files; each may take this long. */
  CopyChecker(List<Path> checkFolders, Duration limit) {
    this.checkFolders = List.copyOf(checkFolders);
    this.limit = limit;
  }

  /**
   * Runs this check against this copy.
   *
   * @param assertions whether the library's own assertions are on
   */
  Verdict check(LibraryCopy copy, CheckName check, boolean assertions)
      throws IOException, InterruptedException {
    List<Path> folders = new ArrayList<>(List.of(copy.classes()));
    folders.addAll(checkFolders);
    LibraryUnderCheck.set(copy.classes().toString(), assertions);
    try {
      // Not closed: threads that the check left behind may still load classes.
      @SuppressWarnings("resource")
      MutantLoader loader = new MutantLoader(folders, CopyChecker.class.getClassLoader());
      loader.setDefaultAssertionStatus(assertions);
      return inThread(check, loader);
    } finally {
      LibraryUnderCheck.clear();
    }
  }

  private Verdict inThread(CheckName check, MutantLoader loader) throws InterruptedException {
    FutureTask<Verdict> task = new FutureTask<>(() -> launch(check, loader));
    Thread thread = new Thread(task, "mutant " + check);
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      return Verdict.broken("no answer within " + limit.toSeconds() + " s", "");
    } catch (ExecutionException e) {
      return Verdict.broken("the check cannot run", e.getCause() == null ? e : e.getCause());
    }
  }

  private static Verdict launch(CheckName check, MutantLoader loader)
      throws ClassNotFoundException {
    Class<?> type = Class.forName(check.className(), false, loader);
    List<MethodSelector> selectors =
        CheckScan.testables(type).stream()
            .filter(method -> method.getName().equals(check.method()))
            .map(method -> DiscoverySelectors.selectMethod(type, method))
            .toList();
    return Verdict.of(CheckLauncher.run(selectors, CheckObserver.NONE));
  }
}
