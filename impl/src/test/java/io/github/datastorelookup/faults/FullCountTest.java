package io.github.datastorelookup.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.DatastoreException.TooManyOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.jvm.JvmTicker;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.OperationWord;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A word one short of its most operations: nothing carries over into the next field. */
class FullCountTest {
  @ParameterizedTest
  @CsvSource({"READ,true", "READ,false", "WRITE,true", "WRITE,false"})
  void count_atItsMaximum_isRefusedAndUndone(Operation full, boolean warm) {
    long unit = full == Operation.READ ? OperationWord.READ : OperationWord.WRITE;
    Operation other = full == Operation.READ ? Operation.WRITE : Operation.READ;
    long oneShort = (OperationWord.LIMIT - 1) * unit;
    MemoryHost host =
        new MemoryHost(
            initial -> new HeapWord(initial == OperationWord.CLOSED ? initial + oneShort : initial),
            new JvmTicker());
    MemoryProcess process = host.start(new JvmSync());
    DatastoreRegistry.Builder builder = Home.builder(process.ports()).ttl(Duration.ofHours(1));
    DatastoreRegistry registry = (warm ? builder : builder.withoutWarmPath()).open();
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
    DatastoreHandle last = registry.lookup("store1", full);
    long most = OperationWord.LIMIT * unit;
    assertEquals(most, process.word("store1"));
    for (int i = 0; i < 3; i++) {
      String counts = "'store1' has too many operations: " + OperationWord.describe(most);
      Home.refused(TooManyOperations.class, () -> registry.lookup("store1", full), counts);
      Home.refused(TooManyOperations.class, last::duplicate, counts);
      assertEquals(most, process.word("store1"));
    }
    registry.lookup("store1", other).close();
    assertEquals(most, process.word("store1"));
    last.close();
    registry.lookup("store1", full).close();
    assertEquals(oneShort, process.word("store1"));
  }
}
