package io.github.datastorelookup.benchmarks;

import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A registry that has every datastore open. */
@State(Scope.Benchmark)
public class OpenRegistry {
  /** How many datastores there are. */
  @Param({"1"})
  public int datastores;

  /** Where the operation words are: {@code mapped} or {@code heap}. */
  @Param({"mapped"})
  @SuppressWarnings("NullAway.Init") // by JMH
  public String words;

  /** Whether the registry detects leaked handles. */
  @Param({"false"})
  public boolean detectLeaks;

  @SuppressWarnings("NullAway.Init") // by setUp
  private BenchmarkInstallation installation;

  @SuppressWarnings("NullAway.Init") // by setUp
  private DatastoreRegistry registry;

  /** How the registry is built. */
  DatastoreRegistry.Builder builder(Ports ports) {
    DatastoreRegistry.Builder builder = DatastoreRegistry.builder(ports);
    return detectLeaks ? builder.detectLeaks() : builder;
  }

  /** Opens the registry, and each datastore once. */
  @Setup
  public void setUp() throws IOException {
    installation = new BenchmarkInstallation(datastores);
    registry =
        builder(words.equals("heap") ? installation.inMemory() : installation.onFiles()).open();
    for (String name : Names.of(datastores)) {
      registry.lookup(name, Operation.READ).close();
    }
  }

  /** Closes it. */
  @TearDown
  public void tearDown() throws IOException {
    registry.close();
    installation.delete();
  }

  DatastoreRegistry registry() {
    return registry;
  }

  /** A registry that takes the config lock for every lookup. */
  @State(Scope.Benchmark)
  public static class WithoutWarmPath extends OpenRegistry {
    @Override
    DatastoreRegistry.Builder builder(Ports ports) {
      return super.builder(ports).withoutWarmPath();
    }
  }
}
