package io.github.datastorelookup.benchmarks;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.specimens.PosixOperationFiles;
import io.github.datastorelookup.specimens.Specimen;
import io.github.datastorelookup.specimens.SpecimenKind;
import io.github.datastorelookup.specimens.Surroundings;
import io.github.datastorelookup.specimens.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The lookups of {@link LookupBenchmark} on the specimens, on the same tmpfs. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpecimenBenchmark {
  /** How many datastores a specimen uses that reads the whole file for each lookup. */
  private static final int MOST_OF_SLOW_ONES = 64;

  /** How many datastores are opened and used. */
  static int opened(SpecimenKind specimen, int datastores) {
    return switch (specimen) {
      case BEFORE_6049, SERIES_V2 -> Math.min(datastores, MOST_OF_SLOW_ONES);
      case SERIES_V2_REVIEWED, PBS_4_2_3 -> datastores;
    };
  }

  /** A specimen that has every used datastore open. */
  @State(Scope.Benchmark)
  public static class OpenSpecimen {
    /** The specimen. */
    @Param({"PBS_4_2_3"})
    @SuppressWarnings("NullAway.Init") // by JMH
    public SpecimenKind specimen;

    /** How many datastores the config has. */
    @Param({"1"})
    public int datastores;

    @SuppressWarnings("NullAway.Init") // by setUp
    private BenchmarkInstallation installation;

    @SuppressWarnings("NullAway.Init") // by setUp
    private Specimen lookups;

    /** Creates the specimen, and opens each datastore once. */
    @Setup
    public void setUp() throws IOException {
      installation = new BenchmarkInstallation(datastores);
      Path operations = installation.directory().resolve("active-operations");
      Ports ports = installation.onFiles();
      lookups =
          specimen.create(
              new Surroundings(
                  ports,
                  new PosixOperationFiles(Files.createDirectory(operations)),
                  WallClock.system()));
      for (String name : Names.of(SpecimenBenchmark.opened(specimen, datastores))) {
        lookups.lookup(name, Operation.READ).close();
      }
    }

    /** Removes its files. */
    @TearDown
    public void tearDown() throws IOException {
      installation.delete();
    }
  }

  /** Under the config lock, with two updates of a JSON file. */
  @Benchmark
  public DatastoreHandle lookup(OpenSpecimen open, DrawnNames names) {
    DatastoreHandle handle = open.lookups.lookup(names.next(), Operation.READ);
    handle.close();
    return handle;
  }
}
