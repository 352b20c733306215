package io.github.datastorelookup.specimens.flaws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.Locks.LockFile;
import io.github.datastorelookup.simulation.SimulatedProcess;
import io.github.datastorelookup.specimens.MemoryOperationFiles;
import io.github.datastorelookup.specimens.OperationFiles;
import io.github.datastorelookup.specimens.PbsApi;
import io.github.datastorelookup.specimens.Specimen;
import io.github.datastorelookup.specimens.SpecimenKind;
import io.github.datastorelookup.specimens.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A process with a specimen, and the callers that PBS's lookup has. */
final class PbsSubject extends Subject {
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\{\"pid\":(\\d+),\"starttime\":\\d+,"
              + "\"active_operations\":\\{\"read\":(\\d+),\"write\":(\\d+)}}");

  final Specimen specimen;
  private final FillingDisk files;
  private final PbsApi api;

  /** The process that is told of new modes is what {@code proxy} says by then. */
  PbsSubject(Bench bench, SimulatedProcess process, SpecimenKind kind, Supplier<Specimen> proxy) {
    super(bench, process);
    this.files =
        new FillingDisk(
            new MemoryOperationFiles(bench.operations, process.process(), process.ports()), bench);
    this.specimen = kind.create(new Surroundings(process.ports(), files, bench::wallClockSeconds));
    this.api = new PbsApi(specimen, process.ports().sync(), proxy);
  }

  @Override
  DatastoreHandle doLookup(String name, Operation operation) {
    return specimen.lookup(name, operation);
  }

  @Override
  void doCreate(String name, String path) {
    specimen.save(config -> config.with(DatastoreSection.of(name, Map.of("path", path))));
  }

  @Override
  void doSetMode(String name, MaintenanceMode mode) {
    api.setMode(name, mode, null);
  }

  @Override
  void doDestroy(String name) {
    api.destroy(name, () -> {});
  }

  @Override
  void doMaintain(String name, MaintenanceMode mode, Runnable task) {
    api.maintain(name, mode, task);
  }

  @Override
  void tick() {
    specimen.removeUnused();
  }

  @Override
  ActiveOperations count(String name) {
    return specimen.activeOperations(name);
  }

  @Override
  void failCounting(boolean fails) {
    files.full = fails;
  }

  @Override
  void loseCounts() {
    files.lose("aaa");
  }

  /** Replacing fails while it is full. */
  private static final class FillingDisk implements OperationFiles {
    private final OperationFiles files;
    private final Bench bench;
    private boolean full;

    FillingDisk(OperationFiles files, Bench bench) {
      this.files = files;
      this.bench = bench;
    }

    void lose(String name) {
      try {
        files.replace(name, "[]".getBytes(UTF_8));
      } catch (IOException e) {
        throw new IllegalStateException("memory does not fail", e);
      }
    }

    @Override
    public LockFile lock(String name) {
      return files.lock(name);
    }

    @Override
    public byte @Nullable [] read(String name) throws IOException {
      byte[] content = files.read(name);
      bench.narrator.says("operations(" + name + ").read => " + shown(content));
      return content;
    }

    @Override
    public void replace(String name, byte[] content) throws IOException {
      if (full) {
        throw new IOException("no space left on device");
      }
      files.replace(name, content);
      bench.narrator.says("operations(" + name + ").replace => " + shown(content));
    }

    /** Reads and writes of each process. */
    private static String shown(byte @Nullable [] content) {
      List<String> all = new ArrayList<>();
      Matcher entry = ENTRY.matcher(content == null ? "" : new String(content, UTF_8));
      while (entry.find()) {
        all.add("p" + entry.group(1) + " " + entry.group(2) + "/" + entry.group(3));
      }
      return all.isEmpty() ? "nobody" : String.join(", ", all);
    }

    @Override
    public long pid() {
      return files.pid();
    }

    @Override
    public long startTime(long pid) {
      return files.startTime(pid);
    }
  }
}
