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

/** The same as {@link LookupBenchmark} by the specimens, on the same tmpfs. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpecimenBenchmark {
  /** For JMH. */
  public SpecimenBenchmark() {}

  /** One specimen; it opens a datastore when it is first used. */
  @State(Scope.Benchmark)
  public static class OpenSpecimen {
    /** Which. */
    @Param({"PBS_4_2_3"})
    public SpecimenKind specimen;

    /** How many datastores the config has. */
    @Param({"1"})
    public int datastores;

    @SuppressWarnings("NullAway.Init") // by setUp
    private Installation installation;

    @SuppressWarnings("NullAway.Init") // by setUp
    private Specimen opened;

    /** For JMH. */
    @SuppressWarnings("NullAway.Init") // by JMH
    public OpenSpecimen() {}

    /** Makes it. */
    @Setup
    public void setUp() throws IOException {
      installation = new Installation(datastores);
      Path operations = installation.directory().resolve("active-operations");
      Ports ports = installation.onFiles();
      opened =
          specimen.create(
              new Surroundings(
                  ports,
                  new PosixOperationFiles(Files.createDirectory(operations)),
                  WallClock.system()));
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
    DatastoreHandle handle = open.opened.lookup(names.next(), Operation.READ);
    handle.close();
    return handle;
  }
}
