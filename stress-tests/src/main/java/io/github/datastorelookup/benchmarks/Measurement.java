package io.github.datastorelookup.benchmarks;

import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * One thing that is measured: a benchmark, its parameters, and how many threads run it.
 *
 * @param title what the tables call it
 * @param benchmark class and method
 * @param parameters by name
 * @param threads how many
 */
record Measurement(String title, String benchmark, Map<String, String> parameters, int threads) {

  static Measurement of(String title, Class<?> benchmarks, String method) {
    return new Measurement(title, benchmarks.getName() + "." + method, Map.of(), 1);
  }

  Measurement titled(String other) {
    return new Measurement(other, benchmark, parameters, threads);
  }

  Measurement with(String parameter, Object value) {
    Map<String, String> more = new TreeMap<>(parameters);
    more.put(parameter, value.toString());
    return new Measurement(title, benchmark, more, threads);
  }

  Measurement datastores(int number) {
    return with("datastores", number);
  }

  /** Two threads on the same datastores. */
  Measurement sharedByTwo() {
    return new Measurement(title, benchmark, parameters, 2);
  }

  /** Two threads, each on its own half. */
  Measurement halvedByTwo() {
    return sharedByTwo().with("shared", "own");
  }

  /** The number of datastores, for tables; empty if the time does not depend on them. */
  String datastores() {
    return parameters.getOrDefault("datastores", "");
  }

  /** The number of threads and what they share, for tables. */
  String remark() {
    String on = parameters.containsKey("shared") ? "2, different datastores" : "2, same datastores";
    return threads == 1 ? "1" : on;
  }

  /** Adds this measurement to JMH's options. */
  void select(ChainedOptionsBuilder options) {
    options.include("^" + benchmark.replace(".", "\\.") + "$").threads(threads);
    parameters.forEach(options::param);
  }

  @Override
  public String toString() {
    return benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1)
        + parameters
        + " threads="
        + threads;
  }
}
