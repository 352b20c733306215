package io.github.datastorelookup.memory;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The record locks of the machine in memory, which are those of a process, as POSIX has them. */
final class MemoryFilesTest {
  private static final String PATH = "/mnt/store1";

  private final MemoryHost host = new MemoryHost();
  private final MemoryProcess first = host.start(new JvmSync());
  private final MemoryProcess second = host.start(new JvmSync());

  MemoryFilesTest() {
    host.files().create(PATH);
  }

  private static ChunkStore open(MemoryProcess process) throws IOException {
    var stores = process.ports().chunkStores();
    return stores.open(PATH, stores.identify(PATH), true);
  }

  @Test
  void locksOfAProcess_areGoneWhenItIsKilled() throws IOException {
    ChunkStore ours = open(first);
    assertNotNull(ours.tryShared());
    assertNotNull(ours.tryShared());
    ChunkStore theirs = open(second);
    assertNull(theirs.tryExclusive());
    first.kill();
    assertNotNull(theirs.tryExclusive());
  }

  @Test
  void locksOfAProcess_areGoneWhenItClosesTheFile() throws IOException {
    ChunkStore ours = open(first);
    assertNotNull(ours.tryShared());
    assertNotNull(ours.tryShared());
    ours.close();
    assertNotNull(open(second).tryExclusive());
  }

  @Test
  void lockOfAProcess_isKeptUntilItsLastGuardIsReleased() throws IOException {
    ChunkStore ours = open(first);
    var one = ours.tryShared();
    var other = ours.tryShared();
    assertNotNull(one);
    assertNotNull(other);
    one.close();
    ChunkStore theirs = open(second);
    assertNull(theirs.tryExclusive());
    other.close();
    assertNotNull(theirs.tryExclusive());
  }
}
