package io.github.datastorelookup.traces;

import io.github.datastorelookup.port.OperationWord;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An access to shared state, as traces show it.
 *
 * @param op the operation
 * @param on the object, if there are several; or null
 * @param with the value that is added, compared or written, or null
 * @param got the result: null (nothing), a number, a truth value, a text or a list
 */
public record Access(String op, @Nullable String on, @Nullable Object with, @Nullable Object got) {
  private static final Pattern ON_WORD = Pattern.compile("word (\\S+)\\.(\\w+)(?:\\((.*)\\))?");
  private static final Pattern ON_LOCK =
      Pattern.compile("(?:config|maintenance) lock ?(\\S*)\\.(tryLock|unlock)");
  private static final Pattern OTHER_LEDGER =
      Pattern.compile("ledger (\\d+)\\.ops\\.(\\w+)(?:\\((.*)\\))?");
  private static final Pattern ON_STORE = Pattern.compile("store (\\S+)\\.(\\w+)");
  private static final Pattern ANY = Pattern.compile("([\\w.]+?)(?:\\((.*)\\))?");
  private static final Pattern COUNTS =
      Pattern.compile("reads=(\\d+) writes=(\\d+)( CLOSING)?( CLOSED)?");
  private static final Pattern PID = Pattern.compile("ledger (\\d+)\\.ops");
  private static final Map<String, String> OPS =
      Map.of(
          "getAndAdd", "word.add",
          "compareAndSet", "word.cas",
          "get", "word.get",
          "tryLock", "lock.try",
          "unlock", "lock.unlock",
          "close", "store.close",
          "tryShared", "store.lock",
          "word", "ledger.word",
          "ownerDied", "ledger.ownerDied");

  /**
   * The access that an event of a run tells of.
   *
   * @param config the number of the config text after it
   */
  static Access of(String label, @Nullable String result, Object config) {
    Matcher word = ON_WORD.matcher(label);
    Matcher lock = ON_LOCK.matcher(label);
    Matcher other = OTHER_LEDGER.matcher(label);
    Matcher store = ON_STORE.matcher(label);
    if (word.matches()) {
      return onWord(op(word.group(2)), word.group(1), word.group(3), String.valueOf(result));
    } else if (lock.matches()) {
      boolean ofConfig = lock.group(1).isEmpty();
      return new Access(
          op(lock.group(2)), ofConfig ? "config" : lock.group(1), null, truth(result));
    } else if (other.matches()) {
      String of = "p" + (Integer.parseInt(other.group(1)) - 1);
      boolean read = other.group(2).equals("word");
      Object got = read ? word(String.valueOf(result)) : truth(result);
      return new Access(op(other.group(2)), read ? of + " " + other.group(3) : of, null, got);
    } else if (store.matches()) {
      return new Access(op(store.group(2)), store.group(1), null, null);
    } else if (label.equals("tryShared.close")) {
      return new Access("store.unlock", null, null, null);
    }
    return onPort(label, String.valueOf(result), config);
  }

  private static Access onWord(String op, String name, @Nullable String args, String result) {
    if (op.equals("word.cas")) {
      String[] values = String.valueOf(args).split(", ", -1);
      return new Access(op, name, List.of(word(values[0]), word(values[1])), truth(result));
    }
    return new Access(op, name, args, word(result));
  }

  private static Access onPort(String label, String result, Object config) {
    Matcher any = ANY.matcher(label);
    if (!any.matches()) {
      throw new IllegalArgumentException("label=" + label + " is no access that traces know");
    }
    String op = any.group(1);
    return switch (op) {
      case "config.read" -> new Access(op, null, null, config);
      case "config.replace" -> new Access(op, null, config, null);
      case "generation.get", "generation.increment" ->
          new Access(op, null, null, result.equals("null") ? null : Long.valueOf(result));
      case "generation.inPlace", "ledger.inPlace" -> new Access(op, null, null, truth(result));
      case "ledgers.others" ->
          new Access(
              op, null, null, PID.matcher(result).results().map(m -> pid(m.group(1))).toList());
      case "files.identify" ->
          new Access(op, any.group(2), null, result.matches("\\d+:\\d+") ? result : "error");
      case "files.open" -> new Access(op, any.group(2), null, result.equals("it") ? "ok" : "error");
      case "mounts.status" -> {
        String[] args = any.group(2).split(", ", -1);
        yield new Access(op, args[1], null, result);
      }
      case "ledger.append", "files.create", "ledger.close", "locks.close" ->
          new Access(op, any.group(2), null, null);
      default -> new Access(op, any.group(2), null, result); // in no committed trace
    };
  }

  private static String pid(String number) {
    return "p" + (Integer.parseInt(number) - 1);
  }

  private static String op(String method) {
    String op = OPS.get(method);
    if (op == null) {
      throw new IllegalArgumentException("method=" + method + " is no known access");
    }
    return op;
  }

  private static @Nullable Object truth(@Nullable String result) {
    return ("true".equals(result) || "false".equals(result)) ? Boolean.valueOf(result) : null;
  }

  /** The word that this describes for people; null for a step that had no result yet. */
  private static @Nullable String word(String described) {
    Matcher counts = COUNTS.matcher(described);
    if (described.equals("null")) {
      return null;
    } else if (!counts.matches()) {
      throw new IllegalArgumentException("word=" + described + " cannot be read");
    }
    return TracedState.hex(
        (Long.parseLong(counts.group(1)) * OperationWord.READ)
            + (Long.parseLong(counts.group(2)) * OperationWord.WRITE)
            + (counts.group(3) == null ? 0 : OperationWord.CLOSING)
            + (counts.group(4) == null ? 0 : OperationWord.CLOSED));
  }
}
