package io.github.datastorelookup.specimens;

import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.Locks.LockFile;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Sync.VolatileRef;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The operation files of a {@link MemoryHost}, as one of its processes sees them. Each access goes
 * through a volatile reference of the process's sync, so that a simulator schedules it and a killed
 * process does nothing more. The locks are the process's maintenance locks, which no specimen uses
 * otherwise.
 */
public final class MemoryOperationFiles implements OperationFiles {
  private final MemoryHost host;
  private final MemoryProcess process;
  private final Ports ports;
  private final VolatileRef<Map<String, byte[]>> disk;

  /**
   * The files of this disk as this process sees them.
   *
   * @param disk one for all processes of the host
   * @param ports of the process, perhaps wrapped
   */
  public MemoryOperationFiles(MemoryDisk disk, MemoryProcess process, Ports ports) {
    this.host = disk.host;
    this.process = process;
    this.ports = ports;
    this.disk = ports.sync().newVolatileRef("operations", disk.files);
  }

  /** What all processes of a host share. */
  public static final class MemoryDisk {
    private final MemoryHost host;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    /** An empty disk. */
    public MemoryDisk(MemoryHost host) {
      this.host = host;
    }
  }

  @Override
  public LockFile lock(String name) {
    return ports.locks().maintenance(name);
  }

  @Override
  public byte @Nullable [] read(String name) {
    return files().get(name);
  }

  @Override
  public void replace(String name, byte[] content) {
    files().put(name, content);
  }

  private Map<String, byte[]> files() {
    return Objects.requireNonNull(disk.get());
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public long startTime(long pid) {
    return host.processes().stream()
        .filter(other -> other.pid() == pid && !other.isDead())
        .mapToLong(MemoryProcess::pid)
        .findAny()
        .orElse(-1);
  }
}
