package io.github.datastorelookup.inspect;

import java.io.Serial;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@code inspect}.
 *
 * @param config the config file
 * @param run the run directory
 * @param json whether to print JSON
 */
record Arguments(Path config, Path run, boolean json) {
  private static final String CONFIG = "--config";
  private static final String RUN = "--run";
  private static final String JSON = "--json";
  private static final Set<String> WITH_VALUE = Set.of(CONFIG, RUN);

  /** Thrown when the command line is wrong; the message names the fault. */
  static final class UsageException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  /** Parses the arguments after the subcommand; {@code --name=value} is {@code --name value}. */
  static Arguments parse(String[] args, int from) throws UsageException {
    Map<String, String> given = new HashMap<>();
    for (int at = from; at < args.length; at++) {
      int equals = args[at].startsWith("--") ? args[at].indexOf('=') : -1;
      String name = equals < 0 ? args[at] : args[at].substring(0, equals);
      String value = equals < 0 ? null : args[at].substring(equals + 1);
      if (WITH_VALUE.contains(name) && value == null) {
        at++;
        value = at == args.length || args[at].startsWith("--") ? "" : args[at];
      } else if (!WITH_VALUE.contains(name) && !(name.equals(JSON) && value == null)) {
        throw new UsageException(unknown(args[at], name.equals(JSON)));
      }
      if (value != null && value.isEmpty()) {
        throw new UsageException("option without a value: " + name);
      }
      if (given.putIfAbsent(name, value == null ? "" : value) != null) {
        throw new UsageException("option given twice: " + name);
      }
    }
    return new Arguments(path(given, CONFIG), path(given, RUN), given.containsKey(JSON));
  }

  private static String unknown(String argument, boolean known) {
    if (known) {
      return "option takes no value: " + argument;
    }
    return (argument.startsWith("-") ? "unknown option: " : "unexpected argument: ") + argument;
  }

  private static Path path(Map<String, String> given, String option) throws UsageException {
    @Nullable String value = given.get(option);
    if (value == null) {
      throw new UsageException("missing option: " + option);
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new UsageException("not a path: " + option + " " + value + ": " + e.getReason());
    }
  }
}
