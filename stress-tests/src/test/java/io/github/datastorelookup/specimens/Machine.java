package io.github.datastorelookup.specimens;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.specimens.MemoryOperationFiles.MemoryDisk;
import java.util.concurrent.atomic.AtomicLong;

/** A machine in memory with two datastores, a wall clock that can be set, and its processes. */
final class Machine {
  static final String CONFIG =
      "datastore: aaa\n\tpath /a\n\ndatastore: bbb\n\tcomment first\n\tpath /b\n";

  final MemoryHost host = new MemoryHost();
  final MemoryDisk disk = new MemoryDisk(host);
  final AtomicLong wallClock = new AtomicLong(1_000_000);

  Machine() {
    host.files().create("/a");
    host.files().create("/b");
    host.writeConfig(CONFIG.getBytes(UTF_8));
  }

  MemoryProcess process() {
    return host.start(new JvmSync());
  }

  Specimen specimen(SpecimenKind kind) {
    return specimen(kind, process());
  }

  Specimen specimen(SpecimenKind kind, MemoryProcess process) {
    return kind.create(
        new Surroundings(
            process.ports(),
            new MemoryOperationFiles(disk, process, process.ports()),
            wallClock::get));
  }

  /** The API in the process of this specimen, which is also the one that is told of new modes. */
  static PbsApi api(Specimen specimen) {
    return new PbsApi(specimen, new JvmSync(), () -> specimen);
  }

  /** An edit that nobody is told of. */
  void editByHand(String from, String to) {
    host.writeConfig(new String(host.config(), UTF_8).replace(from, to).getBytes(UTF_8));
  }

  /** How many chunk stores are open. */
  int open() {
    return host.files().open().size();
  }
}
