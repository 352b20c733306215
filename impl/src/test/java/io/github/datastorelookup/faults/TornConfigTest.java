package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.OperationWord;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** An edit in place is seen half: the file cut at each byte of it. */
class TornConfigTest {
  private static final String TEXT =
      """
      datastore: store1
      	comment one
      	path /mnt/store1

      datastore: store22
      	maintenance-mode read-only,message=two%20words
      	path /mnt/store22
      """;

  private final MemoryHost host = new MemoryHost();
  private final MemoryProcess process = host.start(new JvmSync());
  private final DatastoreRegistry registry = Home.open(process.ports());

  @Test
  void lookup_whileTheFileIsCutAtAnyByte_isRefusedOrOfWhatStandsThere() {
    host.files().create("/mnt/store1");
    host.files().create("/mnt/store22");
    byte[] whole = TEXT.getBytes(UTF_8);
    TreeSet<String> refusals = new TreeSet<>();
    for (int length = 0; length <= whole.length; length++) {
      host.writeConfig(Arrays.copyOf(whole, length));
      for (String name : new String[] {"store1", "store22"}) {
        try (DatastoreHandle handle = registry.lookup(name, Operation.READ)) {
          assertEquals("/mnt/" + name, handle.chunkStore().path(), "cut at " + length);
        } catch (DatastoreException e) {
          refusals.add(e.getClass().getSimpleName());
        }
      }
      registry.refresh();
      // Whole again: all is as it was, whatever was closed meanwhile.
      host.writeConfig(whole);
      registry.lookup("store1", Operation.WRITE).close();
      registry.lookup("store22", Operation.READ).close();
      assertThrows(
          DatastoreException.DatastoreUnavailable.class,
          () -> registry.lookup("store22", Operation.WRITE));
      assertEquals(0, process.word("store1"), "open, and no operation");
      assertEquals(0, process.word("store22"));
    }
    assertEquals(
        "[ConfigInvalid, ConfigUnavailable, NoSuchDatastore, OpenFailed]", refusals.toString());
    registry.close();
    await().until(() -> !process.hasLedger());
    assertTrue(host.files().open().isEmpty());
    assertEquals(OperationWord.CLOSED, process.word("store1"));
  }
}
