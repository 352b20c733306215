package io.github.datastorelookup.verification.tests;

import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.verification.Layer;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.Progress;
import io.github.datastorelookup.verification.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/** A layer whose checks run on the JUnit platform. */
public final class TestLayer implements Layer {
  private final TestLayerKind kind;
  private final List<CheckClass> classes;
  private final RunSettings settings;

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
  public LayerResult run(Progress progress) {
    NavigableSet<CheckId> planned = new TreeSet<>();
    classes.forEach(each -> planned.addAll(each.checks()));
    progress.plan(planned.size());
    Explored.take();
    CheckReport report = CheckLauncher.run(selectors(), new ProgressObserver(progress));
    long explored = kind.countsCases() ? report.cases().size() : Explored.take();
    List<String> notes = new ArrayList<>(Explored.takeNotes());
    TestVerdict verdict = new TestVerdict(planned, report, this::replay);
    notes.addAll(verdict.notes());
    return new LayerResult(
        name(),
        verdict.planned(),
        verdict.ran(),
        explored,
        kind.unit(),
        progress.seconds(),
        verdict.checks(),
        verdict.failures(),
        notes);
  }

  private List<ClassSelector> selectors() {
    return classes.stream().map(each -> DiscoverySelectors.selectClass(each.type())).toList();
  }

  private String replay(String className) {
    for (CheckClass each : classes) {
      if (each.type().getName().equals(className)) {
        return String.format(
            "mvn -B verify -pl %s -am -Dtest='%s' -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dbudget=%s -Dseed=%d",
            each.module(), className, settings.budget(), settings.seed());
      }
    }
    return settings.replay();
  }

  private record ProgressObserver(Progress progress) implements CheckObserver {
    @Override
    public void started(CheckId check) {
      progress.now(check.shortName());
    }

    @Override
    public void failed(CheckId check, String why) {
      progress.event("FAILED " + check.shortName() + ": " + why.lines().findFirst().orElse(""));
    }

    @Override
    public void finished(CheckId check) {
      progress.done();
    }
  }
}
