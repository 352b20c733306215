package io.github.datastorelookup.traces;

import static io.github.datastorelookup.port.OperationWord.CLOSED;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which clause of {@code docs/protocol.md} an access belongs to: it follows from the command, from
 * what was done before in it, and from what is accessed. One for each command that runs.
 */
final class Clauses {
  /** Where in a command its thread is. */
  private enum Place {
    BEGINNING,
    UNDER_CONFIG_LOCK,
    AFTER_CONFIG_LOCK,
    DROPPED
  }

  private static final Map<String, String> EVICTING =
      Map.of("word.cas", "E1", "store.close", "E1", "word.add", "E1");

  /** Under the config lock, for all commands. */
  private static final Map<String, String> LOCKED =
      Map.of("ledger.inPlace", "T3", "generation.inPlace", "T3", "generation.increment", "S3");

  private static final Map<String, String> LOADING =
      Map.of(
          "generation.get", "L1",
          "config.read", "L1",
          "generation.increment", "L1",
          "mounts.status", "L2",
          "ledger.append", "L2",
          "word.add", "L2",
          "lock.unlock", "L2");

  private final String command;
  private Place place = Place.BEGINNING;
  private boolean counted;
  private boolean moving;
  private boolean failed;
  private boolean looked;
  private boolean saved;
  private boolean decided;

  /** Nothing of this command was done yet. */
  Clauses(String command) {
    this.command = command.replaceFirst("^p\\d+: ", "");
  }

  /**
   * The clause, or null where none says more than another.
   *
   * @param open as {@link #hasOpen}
   */
  @Nullable String of(Access access, boolean open) {
    String op = access.op();
    if (op.startsWith("lock.")) {
      return lock(access);
    }
    boolean underLock = place == Place.UNDER_CONFIG_LOCK;
    if (command.startsWith("lookup")) {
      return underLock ? underLock(op, LOADING) : lookup(access, open);
    } else if (command.startsWith("close") || command.startsWith("duplicate")) {
      return op.equals("word.add") && adds(access) ? "D2" : drop(access);
    } else if (command.startsWith("refresh")) {
      return underLock ? underLock(op, LOADING) : op.endsWith("inPlace") ? "T3" : sweep(op, "T1");
    }
    return underLock ? deciding(op) : sweep(op, decides() ? "M2" : null);
  }

  private @Nullable String lock(Access access) {
    boolean ofConfig = "config".equals(access.on());
    if (ofConfig && access.op().equals("lock.unlock")) {
      place = Place.AFTER_CONFIG_LOCK;
      saved = false;
    } else if (ofConfig && Boolean.TRUE.equals(access.got())) {
      place = Place.UNDER_CONFIG_LOCK;
    }
    if (command.startsWith("lookup") || command.startsWith("refresh")) {
      return access.op().equals("lock.try") ? "L1" : "L2";
    }
    return ofConfig ? (command.startsWith("count") ? "M2" : "S1") : decides() ? "M1" : "S1";
  }

  /** The clause that gave this answer, or null. */
  @Nullable String ofEnd(String answer) {
    if (!command.startsWith("lookup")) {
      return null;
    }
    boolean warm = place == Place.BEGINNING;
    String outcome = answer.replaceFirst(" .*", "");
    return switch (outcome) {
      case "granted" -> command.endsWith("LOOKUP") ? (warm ? "W2" : "L2") : warm ? "W5" : "L8";
      case "NoSuchDatastore", "DatastoreUnavailable" -> warm ? "W2" : "L2";
      case "NotMounted" -> "L2";
      case "ConfigInvalid" -> "L1";
      case "OpenFailed" -> "L7";
      case "DatastoreBusy" -> "R1";
      default -> null;
    };
  }

  private static @Nullable String underLock(String op, Map<String, String> others) {
    return others.getOrDefault(op, LOCKED.get(op));
  }

  private @Nullable String lookup(Access access, boolean open) {
    if (place == Place.AFTER_CONFIG_LOCK) {
      return files(access, open);
    } else if (place == Place.DROPPED) {
      return drop(access);
    } else if (access.op().equals("generation.get")) {
      return counted ? "W4" : "W1";
    } else if (access.op().equals("word.add") && adds(access)) {
      counted = true;
      return "W3";
    }
    return access.op().equals("word.add") ? drop(access) : null;
  }

  /** L3, L4, L5, L6, L7, L8, with the slot's mutex held. */
  private @Nullable String files(Access access, boolean open) {
    failed |= "error".equals(access.got());
    looked |= access.op().startsWith("files.");
    String with = String.valueOf(access.with());
    return switch (access.op()) {
      case "files.identify" -> open ? "L5" : "L4";
      case "files.open" -> moving ? "L6" : "L4";
      case "store.close" -> moving ? "L6" : "E1";
      case "word.cas" -> {
        boolean own =
            access.with() instanceof List<?> two && !two.get(0).equals(TracedState.hex(0));
        moving = own && Boolean.TRUE.equals(access.got());
        yield own ? "L6" : "E1";
      }
      case "word.add" -> {
        if (with.endsWith("CLOSED")) {
          yield "L4";
        } else if (with.endsWith("CLOSING")) {
          yield with.startsWith("-") ? "L6" : moving ? "L7" : "E1";
        }
        place = Place.DROPPED;
        yield failed ? "L7" : looked ? "R1" : "D1"; // D1: closed meanwhile, or no mutex
      }
      default -> null;
    };
  }

  private @Nullable String drop(Access access) {
    boolean subtracts = !String.valueOf(access.with()).endsWith("CLOSING");
    if (access.op().equals("word.add") && subtracts) {
      place = Place.DROPPED;
      return "D1";
    }
    boolean asks = access.op().equals("generation.get") || access.op().equals("config.read");
    return asks ? "D1" : EVICTING.get(access.op());
  }

  private static @Nullable String sweep(String op, @Nullable String asking) {
    boolean asks = op.equals("word.get") || op.equals("generation.get") || op.equals("config.read");
    return asks ? asking : EVICTING.get(op);
  }

  /** Saves and looks at words, with the config lock held. */
  private @Nullable String deciding(String op) {
    if (decided && (op.startsWith("config.") || op.equals("generation.increment"))) {
      return "M4";
    } else if (op.equals("config.read")) {
      return "S2";
    } else if (op.equals("config.replace")) {
      saved = true;
      return "S3";
    } else if (op.equals("word.get") || op.startsWith("ledgers.") || op.equals("ledger.word")) {
      decided |= saved && !op.equals("word.get");
      return saved ? "M3" : "M2";
    } else if (op.equals("ledger.ownerDied")) {
      return "M2";
    }
    return LOCKED.get(op);
  }

  private boolean decides() {
    return command.startsWith("destroy") || command.startsWith("run in");
  }

  /**
   * Whether this process has open the files of the datastore that the command looks up. Its own
   * word shows that, even if other files are open.
   */
  boolean hasOpen(Map<String, Object> state, String process) {
    String name = command.replaceFirst("^lookup (\\S+) .*", "$1");
    Object word = state.get("word " + process + " " + name);
    return word != null && (Long.parseUnsignedLong(word.toString(), 16) & CLOSED) == 0;
  }

  private static boolean adds(Access access) {
    return String.valueOf(access.with()).startsWith("+")
        && !String.valueOf(access.with()).endsWith("CLOSING");
  }
}
