package io.github.datastorelookup.verification.tests;

import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.verification.tests.CheckReport.Case;
import io.github.datastorelookup.verification.tests.CheckReport.Problem;
import io.github.datastorelookup.verification.tests.CheckReport.Skip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.SelectorResolutionResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Records what the engines report, problems of discovery included. Thread-safe. */
final class CheckListener implements TestExecutionListener, LauncherDiscoveryListener {
  /** The key of an entry that is a note on the layer, from tests that know no {@link Explored}. */
  private static final String NOTE = "note";

  private final CheckObserver observer;
  private final List<Case> cases = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Skip> skips = new ArrayList<>();
  private final Map<UniqueId, Long> begun = new HashMap<>();
  private final Map<UniqueId, StringBuilder> said = new HashMap<>();
  private @Nullable TestPlan plan;

  CheckListener(CheckObserver observer) {
    this.observer = observer;
  }

  synchronized CheckReport report() {
    return new CheckReport(cases, problems, skips);
  }

  @Override
  public synchronized void issueEncountered(UniqueId engine, DiscoveryIssue issue) {
    if (issue.severity() != DiscoveryIssue.Severity.INFO) {
      Throwable cause = issue.cause().orElse(null);
      problem("discovery", new IllegalStateException(issue.message(), cause));
    }
  }

  @Override
  public synchronized void selectorProcessed(
      UniqueId engine, DiscoverySelector selector, SelectorResolutionResult result) {
    result.getThrowable().ifPresent(thrown -> problem("discovery of " + selector, thrown));
  }

  @Override
  public synchronized void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public synchronized void executionStarted(TestIdentifier identifier) {
    begun.put(identifier.getUniqueIdObject(), System.nanoTime());
    if (isCheck(identifier)) {
      checkOf(identifier).ifPresent(observer::started);
    }
  }

  @Override
  public synchronized void executionFinished(
      TestIdentifier identifier, TestExecutionResult result) {
    Optional<CheckId> check = checkOf(identifier);
    if (identifier.isTest() && check.isPresent()) {
      finished(identifier, check.get(), result);
    } else if (result.getStatus() != Status.SUCCESSFUL) {
      problem(
          identifier.getDisplayName(),
          result.getThrowable().orElseGet(() -> new IllegalStateException("container aborted")));
    }
    if (isCheck(identifier)) {
      check.ifPresent(observer::finished);
    }
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier identifier, String reason) {
    Set<TestIdentifier> all = new LinkedHashSet<>(Set.of(identifier));
    all.addAll(plan().getDescendants(identifier));
    for (TestIdentifier each : all) {
      if (isCheck(each)) {
        checkOf(each).ifPresent(check -> skips.add(new Skip(check, reason)));
      }
    }
  }

  @Override
  public synchronized void reportingEntryPublished(TestIdentifier identifier, ReportEntry entry) {
    StringBuilder text =
        said.computeIfAbsent(identifier.getUniqueIdObject(), id -> new StringBuilder());
    entry
        .getKeyValuePairs()
        .forEach(
            (key, value) -> {
              if (key.equals(NOTE)) {
                Explored.note(value);
              } else {
                text.append(value).append('\n');
              }
            });
  }

  private void finished(TestIdentifier identifier, CheckId check, TestExecutionResult result) {
    UniqueId id = identifier.getUniqueIdObject();
    long nanos = System.nanoTime() - begun.getOrDefault(id, System.nanoTime());
    StringBuilder text = said.getOrDefault(id, new StringBuilder());
    Throwable thrown = result.getThrowable().orElse(null);
    cases.add(
        new Case(
            check,
            identifier.getDisplayName(),
            nanos / 1e9,
            result.getStatus(),
            thrown,
            text.toString(),
            invariants(identifier)));
    if (thrown != null && result.getStatus() == Status.FAILED) {
      observer.failed(check, thrown);
    }
  }

  private static Set<String> invariants(TestIdentifier identifier) {
    return identifier.getTags().stream()
        .map(TestTag::getName)
        .filter(tag -> tag.startsWith("INV-"))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether this is a whole check method, not one of its cases. */
  private boolean isCheck(TestIdentifier identifier) {
    return hasMethod(identifier)
        && plan().getParent(identifier).filter(CheckListener::hasMethod).isEmpty();
  }

  private static boolean hasMethod(TestIdentifier identifier) {
    return identifier.getSource().orElse(null) instanceof MethodSource;
  }

  /** The method that this belongs to, and the class that runs it: the nearest ones above. */
  private Optional<CheckId> checkOf(TestIdentifier identifier) {
    MethodSource method = null;
    Optional<TestIdentifier> each = Optional.of(identifier);
    while (each.isPresent()) {
      Object source = each.get().getSource().orElse(null);
      if (method == null && source instanceof MethodSource found) {
        method = found;
      } else if (method != null && source instanceof ClassSource owner) {
        return Optional.of(CheckId.of(owner.getClassName(), method));
      }
      each = plan().getParent(each.get());
    }
    return Optional.empty();
  }

  private void problem(String where, Throwable thrown) {
    problems.add(new Problem(where, thrown));
  }

  private TestPlan plan() {
    if (plan == null) {
      throw new IllegalStateException("the engine reports before it was started");
    }
    return plan;
  }
}
