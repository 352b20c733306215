package io.github.datastorelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each public method, with null and with each illegal value for each parameter, of an idle
 * datastore and of one in use: a documented exception, and nothing is another (S7).
 */
class ArgumentsTest {
  private static final String LONG_MESSAGE = "x".repeat(65);

  /** A machine with two datastores, one of them in use, and what ran. */
  private static final class World {
    final MemoryHost host = new MemoryHost();
    final DatastoreRegistry registry =
        DatastoreRegistry.builder(host.process()).withoutWatcher().open();
    final List<String> ran = new ArrayList<>();

    World() {
      registry.create(DatastoreSection.of("idle", Map.of("path", "/mnt/idle")));
      registry.create(DatastoreSection.of("other", Map.of("path", "/mnt/other")));
      registry.create(DatastoreSection.of("used", Map.of("path", "/mnt/used")));
      assertNotNull(registry.lookup("used", Operation.WRITE));
    }

    /** A legal value; a type without one is missing in this test. */
    private Object good(Method method, int place, String name) {
      Class<?> type = method.getParameterTypes()[place];
      if (type == String.class && place == 0) {
        return name;
      } else if (type == String.class) {
        return method.getName().equals("move")
            ? "/mnt/new"
            : method.getName().equals("update") ? registry.config().digest() : "message";
      }
      Map<Class<?>, Object> goods =
          Map.of(
              Operation.class, Operation.READ,
              MaintenanceMode.class, MaintenanceMode.OFFLINE,
              Drain.class, Drain.atMost(Duration.ZERO),
              MaintenanceTask.class, (MaintenanceTask) () -> ran.add(method.getName()),
              Callable.class, (Callable<?>) () -> ran.add(method.getName()),
              Map.class, Map.of("comment", "new"),
              Collection.class, List.of("gc-schedule"),
              DatastoreSection.class, DatastoreSection.of("third", Map.of("path", "/mnt/third")),
              Duration.class, Duration.ofSeconds(1),
              Ports.class, host.process());
      return Objects.requireNonNull(goods.get(type), type.getName());
    }
  }

  /** Illegal values that are not null. */
  private static List<Object> illegal(Method method, int place) {
    Class<?> type = method.getParameterTypes()[place];
    if (type == String.class && place == 0) {
      return method.getName().equals("activeOperations") // of an unknown name there are none
          ? List.of("", "../x")
          : List.of("", "../x", "no-such-datastore");
    } else if (type == String.class) {
      return switch (method.getName()) {
        case "move" ->
            List.of(
                "",
                "relative",
                "/a/../b",
                "/mnt/other/in",
                "/mnt",
                "/c\u0001",
                "/c\u0085x",
                "/c\n");
        case "update" -> List.of("not the digest");
        default -> List.of(LONG_MESSAGE, "a\nb", "a\u0001b", "\uD800");
      };
    } else if (type == MaintenanceMode.class) {
      boolean drains = method.getName().equals("runMaintenance");
      return drains
          ? List.of(MaintenanceMode.UNKNOWN, MaintenanceMode.NONE, MaintenanceMode.DELETE)
          : List.of(MaintenanceMode.UNKNOWN);
    } else if (type == Map.class) {
      return List.of(
          Map.of("no-such-property", "1"),
          Map.of("comment", "a\nb"),
          Map.of("comment", "a\u0085b"),
          Map.of("path", "/elsewhere"),
          Map.of("maintenance-mode", "offline"),
          Map.of("name", "other"));
    } else if (type == Collection.class) {
      return List.of(List.of("path"), Arrays.asList("comment", null));
    } else if (type == DatastoreSection.class) {
      return Stream.of("relative", "/mnt/idle/in", "/mnt/x\u0001", "/mnt/./x")
          .<Object>map(path -> DatastoreSection.of("third", Map.of("path", path)))
          .toList();
    } else if (type == Duration.class) {
      return List.of(Duration.ZERO, Duration.ofNanos(-1));
    }
    return List.of();
  }

  private static Stream<Method> methods(Class<?> of) {
    return Arrays.stream(of.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> method.getParameterCount() > 0);
  }

  private static boolean nullable(Executable method, int place) {
    return method.getAnnotatedParameterTypes()[place].isAnnotationPresent(Nullable.class);
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:task-not-looked-at-first")
  @Tag("kills:new-path-looked-at-last")
  void registry_withAnIllegalArgument_refusesItAndChangesNothing()
      throws ReflectiveOperationException {
    for (Method method : methods(DatastoreRegistry.class).toList()) {
      for (String name : List.of("idle", "used")) {
        tryEach(method, name);
      }
    }
  }

  private static void tryEach(Method method, String name) throws ReflectiveOperationException {
    World world = new World();
    for (int place = 0; place < method.getParameterCount(); place++) {
      List<@Nullable Object> values = new ArrayList<>(illegal(method, place));
      if (!nullable(method, place)) {
        values.add(null);
      }
      for (Object value : values) {
        tryOne(world, method, name, place, value);
      }
    }
  }

  private static void tryOne(
      World world, Method method, String name, int place, @Nullable Object value)
      throws ReflectiveOperationException {
    @Nullable Object[] arguments = new Object[method.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = i == place ? value : world.good(method, i, name);
    }
    String state = world.host.state();
    String call = method.getName() + Arrays.toString(arguments);
    Throwable thrown =
        assertThrows(
                InvocationTargetException.class,
                () -> method.invoke(world.registry, arguments),
                () -> call)
            .getCause();
    if (value == null) {
      assertInstanceOf(NullPointerException.class, thrown, call);
    } else {
      boolean listOfNull = String.valueOf(value).contains("null");
      assertTrue(
          thrown instanceof DatastoreException
              || thrown instanceof IllegalArgumentException
              || (listOfNull && thrown instanceof NullPointerException),
          call + " threw " + thrown);
    }
    assertEquals(state, world.host.state(), call);
    assertEquals(List.of(), world.ran, call);
  }

  @TestFactory
  Stream<DynamicTest> builder_withAnIllegalArgument_refusesIt() {
    return methods(DatastoreRegistry.Builder.class)
        .flatMap(
            method ->
                Stream.concat(illegal(method, 0).stream(), Stream.of((Object) null))
                    .map(
                        value ->
                            DynamicTest.dynamicTest(
                                method.getName() + "(" + value + ")",
                                () -> {
                                  DatastoreRegistry.Builder builder = DatastoreRegistry.inMemory();
                                  Throwable thrown =
                                      assertThrows(
                                              InvocationTargetException.class,
                                              () -> method.invoke(builder, value))
                                          .getCause();
                                  assertEquals(
                                      value == null
                                          ? NullPointerException.class
                                          : IllegalArgumentException.class,
                                      Objects.requireNonNull(thrown).getClass());
                                  if (value == null) {
                                    assertEquals(
                                        method.getParameters()[0].getName(),
                                        Objects.requireNonNull(thrown).getMessage());
                                  }
                                })));
  }

  @Test
  void drain_withAnIllegalArgument_refusesIt() {
    BooleanSupplier never = () -> false;
    Consumer<ActiveOperations> nothing = still -> {};
    Drain drain = Drain.atMost(Duration.ZERO);
    for (var constructor : Drain.class.getConstructors()) {
      Object[] good = {Duration.ZERO, never, nothing};
      for (int i = 0; i < good.length; i++) {
        @Nullable Object[] arguments = {good[0], good[1], good[2]};
        arguments[i] = null;
        Throwable thrown =
            assertThrows(InvocationTargetException.class, () -> constructor.newInstance(arguments))
                .getCause();
        assertInstanceOf(NullPointerException.class, thrown);
      }
    }
    for (Method method : methods(Drain.class).filter(m -> !m.getName().equals("equals")).toList()) {
      Throwable thrown =
          assertThrows(
                  InvocationTargetException.class, () -> method.invoke(drain, new Object[] {null}))
              .getCause();
      assertInstanceOf(NullPointerException.class, thrown, method.getName());
    }
    Duration negative = Duration.ofNanos(-1);
    assertThrows(IllegalArgumentException.class, () -> Drain.atMost(negative));
  }

  /** Chunk stores of a machine on which no path has a u with dots, as in the locale C. */
  private static ChunkStores ascii(ChunkStores real) {
    return (ChunkStores)
        Proxy.newProxyInstance(
            ChunkStores.class.getClassLoader(),
            new Class<?>[] {ChunkStores.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("requirePath")
                  && String.valueOf(arguments[0]).contains("\u00fc")) {
                throw new IOException("path=" + arguments[0] + " is no path");
              }
              return method.invoke(real, arguments);
            });
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:new-path-looked-at-last")
  void path_thatIsNoneOnThisMachine_isRefusedBeforeAnythingIsSetOrMade() {
    MemoryHost host = new MemoryHost();
    Ports ports = host.process();
    DatastoreRegistry registry =
        DatastoreRegistry.builder(ports.withChunkStores(ascii(ports.chunkStores())))
            .withoutWatcher()
            .open();
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
    String state = host.state();
    List<String> ran = new ArrayList<>();
    assertThrows(
        DatastoreException.OpenFailed.class,
        () ->
            registry.move(
                "store1", "/mnt/\u00fc", Drain.atMost(Duration.ZERO), () -> ran.add("moved")));
    DatastoreSection section = DatastoreSection.of("store2", Map.of("path", "/mnt/\u00fc"));
    assertThrows(DatastoreException.OpenFailed.class, () -> registry.create(section));
    assertEquals(List.of(), ran);
    assertEquals(state, host.state());
  }
}
