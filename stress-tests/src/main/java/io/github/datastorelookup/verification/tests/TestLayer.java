package io.github.datastorelookup.verification.tests;

import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.Layer;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.Progress;
import io.github.datastorelookup.verification.RunSettings;
import io.github.datastorelookup.verification.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/** A layer whose checks run on the JUnit platform. */
public final class TestLayer implements Layer {
  private final TestLayerKind kind;
  private final List<CheckClass> classes;
  private final RunSettings settings;
  private final Set<CheckId> held = new ConcurrentSkipListSet<>();

  /** The layer of these classes. */
  public TestLayer(TestLayerKind kind, List<CheckClass> classes, RunSettings settings) {
    this.kind = kind;
    this.classes = List.copyOf(classes);
    this.settings = settings;
  }

  @Override
  public String name() {
    return kind.layerName();
  }

  @Override
  public NavigableSet<String> plan() {
    return checks().map(CheckId::signature).collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<CheckId> checks() {
    return classes.stream().flatMap(each -> each.checks().stream());
  }

  @Override
  public LayerResult run(NavigableSet<String> share, Progress progress) {
    NavigableSet<CheckId> planned =
        checks()
            .filter(each -> share.contains(each.signature()))
            .collect(Collectors.toCollection(TreeSet::new));
    progress.plan(planned.size());
    Explored.take();
    CheckReport report =
        CheckLauncher.run(selectors(planned), new ProgressObserver(progress, this::replay));
    long explored = kind.countsCases() ? report.cases().size() : Explored.take();
    List<String> notes = new ArrayList<>(Explored.takeNotes());
    TestVerdict verdict = new TestVerdict(planned, report, this::replay);
    notes.addAll(verdict.notes());
    held.addAll(verdict.held());
    return new LayerResult(
        name(),
        verdict.planned(),
        verdict.ran(),
        explored,
        kind.unit(),
        progress.seconds(),
        verdict.checks(),
        verdict.failures(),
        notes,
        Scope.within(limits(verdict.skips())));
  }

  private static List<String> limits(int skips) {
    List<String> limits = new ArrayList<>(Explored.takeLimits());
    if (skips > 0) {
      limits.add(skips + " checks skipped, as they declare");
    }
    return limits;
  }

  @Override
  public List<String> held() {
    return held.stream().map(CheckId::toString).toList();
  }

  /**
   * Selects whole classes if all checks are wanted, so that a check that the scan missed shows up.
   * Else selects methods, as a class would bring the classes in it along.
   */
  private List<? extends DiscoverySelector> selectors(Set<CheckId> planned) {
    if (checks().allMatch(planned::contains)) {
      return classes.stream().map(each -> DiscoverySelectors.selectClass(each.type())).toList();
    }
    return classes.stream()
        .flatMap(
            each ->
                CheckScan.testables(each.type()).stream()
                    .filter(method -> planned.contains(CheckId.of(each.type(), method)))
                    .map(method -> DiscoverySelectors.selectMethod(each.type(), method)))
        .toList();
  }

  private String replay(String className) {
    if (settings.isOfChangedLibrary()) {
      return settings.replay() + " -DskipTests -Donly=" + name();
    }
    for (CheckClass each : classes) {
      if (each.type().getName().equals(className)) {
        return String.format(
            Locale.ROOT,
            "mvn -B verify -pl %s -am -Dtest='%s' -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dbudget=%s -Dseed=%d",
            each.module(),
            className,
            settings.budget(),
            settings.seed());
      }
    }
    return settings.replay();
  }

  private record ProgressObserver(Progress progress, UnaryOperator<String> replay)
      implements CheckObserver {
    @Override
    public void started(CheckId check) {
      progress.now(check.shortName());
    }

    @Override
    public void failed(CheckId check, Throwable thrown) {
      progress.failed(Failure.of(check.toString(), thrown, replay.apply(check.className())));
    }

    @Override
    public void finished(CheckId check) {
      progress.done();
    }
  }
}
