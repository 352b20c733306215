package io.github.datastorelookup.verification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The result of one layer.
 *
 * @param name the layer
 * @param planned how many checks should have run, counted independently of the engines
 * @param ran how many of them ran to an end
 * @param explored how many cases they looked at
 * @param unit what a case is
 * @param seconds wall time
 * @param checks each check, for the JUnit XML
 * @param failures why the layer failed
 * @param notes what the reader must know though it is no failure, such as declared skips
 * @param scope how much less than everything it looked at
 */
public record LayerResult(
    String name,
    int planned,
    int ran,
    long explored,
    String unit,
    double seconds,
    List<CheckResult> checks,
    List<Failure> failures,
    List<String> notes,
    Scope scope) {

  /** Copies the lists. */
  public LayerResult {
    checks = List.copyOf(checks);
    failures = List.copyOf(failures);
    notes = List.copyOf(notes);
  }

  /** A layer that is not among those of {@link RunOptions}. */
  public static LayerResult leftOut(String name) {
    LibraryChange change = LibraryChange.ofThisJvm();
    if (!System.getProperty("only", "").isEmpty()) {
      return without(name, "by -Donly");
    } else if (!change.isNone()) {
      return without(name, "by -D" + change.option());
    }
    return empty(name, List.of(), Scope.within(List.of("left to mvn -B verify")));
  }

  /** A layer, or a part of it, that an option or a signal left out. */
  public static LayerResult without(String name, String what) {
    return empty(name, List.of(), Scope.without(what));
  }

  /** A layer that could not run. */
  public static LayerResult failed(String name, Failure failure) {
    return empty(name, List.of(failure), Scope.WHOLE);
  }

  /** A layer without checks in this shard. */
  static LayerResult nothingOf(String name) {
    return empty(name, List.of(), Scope.WHOLE);
  }

  private static LayerResult empty(String name, List<Failure> failures, Scope scope) {
    List<String> notes = failures.stream().map(Failure::message).toList();
    return new LayerResult(name, 0, 0, 0, "", 0, List.of(), failures, notes, scope);
  }

  /** One layer of its parts; its seconds are those of all JVMs together. */
  static LayerResult join(List<LayerResult> parts) {
    return new LayerResult(
        parts.get(0).name(),
        parts.stream().mapToInt(LayerResult::planned).sum(),
        parts.stream().mapToInt(LayerResult::ran).sum(),
        parts.stream().mapToLong(LayerResult::explored).sum(),
        parts.stream().map(LayerResult::unit).max(Comparator.naturalOrder()).orElse(""),
        parts.stream().mapToDouble(LayerResult::seconds).sum(),
        parts.stream().flatMap(each -> each.checks().stream()).toList(),
        all(parts, LayerResult::failures),
        Notes.join(parts.stream().map(LayerResult::notes).toList()),
        new Scope(
            all(parts, each -> each.scope().limits()), all(parts, each -> each.scope().leftOut())));
  }

  private static <T> List<T> all(List<LayerResult> parts, Function<LayerResult, List<T>> what) {
    return parts.stream().flatMap(each -> what.apply(each).stream()).distinct().toList();
  }

  /** The same layer, whose JVM knows the signal that ended it, but not the reason of the run. */
  LayerResult endedFor(String why) {
    List<String> reasons =
        scope.leftOut().stream().map(each -> each.replace(Verification.BY_A_SIGNAL, why)).toList();
    Scope known = new Scope(scope.limits(), reasons);
    return new LayerResult(
        name, planned, ran, explored, unit, seconds, checks, failures, notes, known);
  }

  /** The same layer with more failures. */
  LayerResult with(List<Failure> more) {
    List<Failure> failed = new ArrayList<>(failures);
    failed.addAll(more);
    return new LayerResult(
        name, planned, ran, explored, unit, seconds, checks, failed, notes, scope);
  }

  /** Whether the caller or the budget left all of it out. */
  public boolean wasLeftOut() {
    return planned == 0 && failures.isEmpty() && !scope.equals(Scope.WHOLE);
  }

  /** Whether every planned check ran and held. */
  public boolean held() {
    return failures.isEmpty() && ran >= planned;
  }

  /** Failed if a check failed or is missing, else partial if the caller left something out. */
  public RunVerdict verdict() {
    if (!held()) {
      return RunVerdict.FAILED;
    }
    return scope.leftOut().isEmpty() ? RunVerdict.PASSED : RunVerdict.PARTIAL;
  }

  /** The verdict, or {@code left out}. */
  public String result() {
    return wasLeftOut() ? "left out" : verdict().toString();
  }
}
