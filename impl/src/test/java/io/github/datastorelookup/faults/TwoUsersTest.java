package io.github.datastorelookup.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A daemon as root and a proxy as another user on the same files, for real. */
@Timeout(120)
class TwoUsersTest {
  private static final String ID = String.valueOf(Nobody.ID);
  private static final List<String> OPTIONS = List.of(ID, ID);

  private final Path directory;
  private final List<Nobody> started = new ArrayList<>();

  /** The config directory as an administrator makes it: of the proxy's group, which may write. */
  TwoUsersTest(@TempDir Path parent) throws IOException {
    Files.setAttribute(parent, "unix:mode", 0755);
    directory = Files.createDirectory(parent.resolve("home"));
    Files.setAttribute(directory, "unix:mode", 02770);
  }

  @AfterEach
  void end() throws Exception {
    for (Nobody each : started) {
      each.end();
    }
  }

  private Nobody start(int user, String umask, List<String> options) throws Exception {
    Nobody process = Nobody.start(directory, user, umask, options);
    started.add(process);
    return process;
  }

  private static void done(Nobody process, String... commands) throws IOException {
    for (String command : commands) {
      String answer = process.ask(command);
      assertTrue(answer.startsWith("done "), command + " -> " + answer);
    }
  }

  @ParameterizedTest
  @CsvSource({"true,022", "true,077", "false,022", "false,077"})
  @Tag("INV-14")
  void daemonAndProxy_inEitherOrder_useWhatTheOtherMade(boolean rootFirst, String umask)
      throws Exception {
    Nobody daemon = start(0, umask, OPTIONS);
    Nobody proxy = start(Nobody.ID, umask, OPTIONS);
    Files.setAttribute(directory, "unix:gid", Nobody.ID);
    Nobody first = rootFirst ? daemon : proxy;
    Nobody second = rootFirst ? proxy : daemon;
    done(first, "create store1");
    done(second, "write store1", "update store1", "offline store1", "create store2");
    done(first, "online store1", "write store1", "write store2", "update store2");
    done(second, "write store1", "destroy store1");
    done(first, "create store1", "destroy store2");
    done(second, "write store1");
    for (Path each : List.of(directory.resolve("run"), directory.resolve("run/locks"))) {
      assertEquals(
          Map.of("uid", Nobody.ID, "gid", Nobody.ID, "mode", 043770),
          Files.readAttributes(each, "unix:uid,gid,mode"),
          each::toString);
    }
  }

  /** Root's ledgers belong to the owner option's user, who may delete them when they are dead. */
  @Test
  void ledgerOfADeadDaemon_isDeletedByTheProxy() throws Exception {
    Nobody daemon = start(0, "022", OPTIONS);
    Nobody proxy = start(Nobody.ID, "022", OPTIONS);
    Files.setAttribute(directory, "unix:gid", Nobody.ID);
    done(daemon, "create store1");
    assertEquals("null", daemon.ask("hold store1"));
    done(proxy, "destroy store1");
    try (Stream<Path> all = Files.list(directory.resolve("run"))) {
      assertEquals(0, all.filter(each -> each.toString().endsWith(".ops")).count());
    }
  }

  /** Without the option root trusts no directory of another user. */
  @Test
  @Tag("INV-14")
  @Tag("kills:run-directory-of-any-user")
  void runDirectoryOfTheProxy_withoutTheOption_isRefusedByRoot() throws Exception {
    Nobody daemon = start(0, "022", List.of());
    Nobody proxy = start(Nobody.ID, "022", List.of());
    Files.setAttribute(directory, "unix:gid", Nobody.ID);
    done(proxy, "create store1");
    String answer = daemon.ask("read store1");
    assertTrue(answer.startsWith("LedgerUnavailable: "), answer);
    assertTrue(answer.contains(directory.resolve("run") + ": is owned by neither root"), answer);
  }
}
