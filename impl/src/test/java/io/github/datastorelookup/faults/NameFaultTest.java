package io.github.datastorelookup.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.InvalidPropertyException;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.Reasons;
import io.github.datastorelookup.posix.MemoryTempDir;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** INV-14: a name that is no safe id is refused by every method, and no file appears. */
class NameFaultTest {
  private static final Drain AT_ONCE = Drain.atMost(Duration.ZERO);

  private static final Map<String, BiConsumer<DatastoreRegistry, String>> CALLS =
      Map.of(
          "lookup", (registry, name) -> registry.lookup(name, Operation.LOOKUP),
          "activeOperations", DatastoreRegistry::activeOperations,
          "update", (registry, name) -> registry.update(name, Map.of(), List.of()),
          "setMaintenance",
              (registry, name) -> registry.setMaintenance(name, MaintenanceMode.OFFLINE, null),
          "clearMaintenance", DatastoreRegistry::clearMaintenance,
          "destroy", (registry, name) -> registry.destroy(name, AT_ONCE, () -> fail()),
          "destroyWithoutData", (registry, name) -> registry.destroyWithoutData(name, AT_ONCE),
          "runMaintenance",
              (registry, name) ->
                  registry.runMaintenance(
                      name, MaintenanceMode.OFFLINE, null, AT_ONCE, () -> fail()),
          "move", (registry, name) -> registry.move(name, "/elsewhere", AT_ONCE, () -> fail()));

  private final Home home;

  NameFaultTest(@TempDir(factory = MemoryTempDir.class) Path directory) throws IOException {
    home = new Home(directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", // 33
        "..",
        "...",
        "../store1",
        "store1/../../etc",
        "/etc/passwd",
        "a/b",
        ".lock",
        "-rf",
        " store1",
        "store1\n",
        "sto\0re1",
        "st\u043ere1", // Cyrillic o
        "\uff53tore1", // fullwidth s
        "\u017ftore1", // long s, whose capital is S
        "\u212aelvin", // the Kelvin sign
        "store\u0661", // an Arabic digit
        "sto\u200bre1", // zero width
        "store\uff0f\uff0e\uff0e", // fullwidth /..
        "store\ud83d\ude00",
        "store\ud83d" // half a pair
      })
  void anyCall_withANameThatIsNoSafeId_isRefusedAndNoFileAppears(String name) throws IOException {
    try (DatastoreRegistry registry = home.open()) {
      registry.lookup("store1", Operation.READ).close();
      registry.setMaintenance("store1", MaintenanceMode.READ_ONLY, null);
      var before = home.tree();
      CALLS.forEach(
          (method, call) ->
              Home.refused(
                  DatastoreException.InvalidName.class,
                  () -> call.accept(registry, name),
                  "name='" + Reasons.printable(name) + "'"));
      for (Operation operation : Operation.values()) {
        assertThrows(DatastoreException.InvalidName.class, () -> registry.lookup(name, operation));
      }
      assertThrows(
          InvalidPropertyException.class,
          () -> registry.create(DatastoreSection.of(name, Map.of("path", "/elsewhere"))));
      assertEquals(before, home.tree());
    }
  }

  /** Nor does a lock file appear for each name that somebody tries. */
  @Test
  void anyCall_ofADatastoreThatIsNotThere_isRefusedAndNoFileAppears() throws IOException {
    try (DatastoreRegistry registry = home.open()) {
      registry.lookup("store1", Operation.READ).close();
      var before = home.tree();
      CALLS.forEach(
          (method, call) -> {
            if (method.equals("activeOperations")) {
              call.accept(registry, "store3"); // nobody uses it
            } else {
              Home.refused(
                  DatastoreException.NoSuchDatastore.class,
                  () -> call.accept(registry, "store3"),
                  "'store3'");
            }
          });
      assertEquals(before, home.tree());
    }
  }

  /** Whoever adds a method that takes a name adds it to this test. */
  @Test
  void calls_areAllMethodsThatTakeAName() {
    Set<String> takeAName = new TreeSet<>();
    for (Method method : DatastoreRegistry.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())
          && Stream.of(method.getParameters()).map(Parameter::getName).anyMatch("name"::equals)) {
        takeAName.add(method.getName());
      }
    }
    assertEquals(new TreeSet<>(CALLS.keySet()), takeAName);
  }
}
