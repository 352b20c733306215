package io.github.datastorelookup.benchmarks;

import io.github.datastorelookup.specimens.SpecimenKind;
import java.util.ArrayList;
import java.util.List;

/** What a run measures, in the order of a round. */
final class BenchmarkPlan {
  static final int ONE = 1;
  static final int SOME = 100;
  static final int MANY = 10_000;

  static final Measurement FLOOR = Measurement.of("floor", FloorBenchmark.class, "floor");
  static final Measurement TIME =
      Measurement.of("`System.nanoTime()` alone", FloorBenchmark.class, "time");
  static final Measurement WARM =
      Measurement.of("warm lookup + close", LookupBenchmark.class, "warm");
  static final Measurement WARM_ON_HEAP =
      WARM.with("words", "heap").titled("warm lookup + close, words on the heap");
  static final Measurement WATCHED =
      WARM.with("detectLeaks", true).titled("warm lookup + close, leak detection on");
  static final Measurement DROP = Measurement.of("close alone", DropBenchmark.class, "drop");
  static final Measurement SLOW =
      Measurement.of("slow lookup + close", LookupBenchmark.class, "slow");
  static final Measurement RELOAD =
      Measurement.of("lookup that reloads after a save", ReloadBenchmark.class, "lookup");
  static final Measurement CAFFEINE =
      Measurement.of("Caffeine and `LongAdder` (not safe)", CaffeineBenchmark.class, "lookup");

  private BenchmarkPlan() {}

  static Measurement specimen(SpecimenKind kind) {
    return Measurement.of("specimen `" + kind.id() + "`", SpecimenBenchmark.class, "lookup")
        .with("specimen", kind);
  }

  /** All measurements. Those that form a ratio run close together. */
  static List<Measurement> all() {
    List<Measurement> all = new ArrayList<>();
    all.add(TIME);
    for (int datastores : new int[] {ONE, SOME, MANY}) {
      all.add(FLOOR.datastores(datastores));
      all.add(WARM.datastores(datastores));
      all.add(WARM_ON_HEAP.datastores(datastores));
    }
    all.add(FLOOR.datastores(ONE).sharedByTwo());
    all.add(WARM.datastores(ONE).sharedByTwo());
    for (int datastores : new int[] {SOME, MANY}) {
      all.add(FLOOR.datastores(datastores).halvedByTwo());
      all.add(WARM.datastores(datastores).halvedByTwo());
    }
    all.add(WATCHED.datastores(ONE));
    all.add(WATCHED.datastores(SOME).halvedByTwo());
    all.add(DROP.datastores(ONE));
    all.add(DROP.datastores(MANY));
    all.add(CAFFEINE.datastores(ONE));
    all.add(CAFFEINE.datastores(MANY));
    all.add(SLOW.datastores(ONE));
    all.add(SLOW.datastores(MANY));
    all.add(RELOAD.datastores(MANY));
    for (SpecimenKind kind : SpecimenKind.values()) {
      all.add(specimen(kind).datastores(ONE));
      all.add(specimen(kind).datastores(MANY));
    }
    return all;
  }
}
