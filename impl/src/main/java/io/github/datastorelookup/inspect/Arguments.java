package io.github.datastorelookup.inspect;

import java.io.Serial;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@code inspect}.
 *
 * @param config the config file
 * @param run the run directory
 */
record Arguments(Path config, Path run) {
  private static final String CONFIG = "--config";
  private static final String RUN = "--run";

  /** Thrown when the command line is wrong; the message names the fault. */
  static final class UsageException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  /** Parses the arguments after the subcommand. */
  static Arguments parse(String[] args, int from) throws UsageException {
    Path config = null;
    Path run = null;
    for (int at = from; at < args.length; at += 2) {
      switch (args[at]) {
        case CONFIG -> config = value(args, at, config);
        case RUN -> run = value(args, at, run);
        default ->
            throw new UsageException(
                (args[at].startsWith("-") ? "unknown option: " : "unexpected argument: ")
                    + args[at]);
      }
    }
    if (config == null || run == null) {
      throw new UsageException("missing option: " + (config == null ? CONFIG : RUN));
    }
    return new Arguments(config, run);
  }

  private static Path value(String[] args, int option, @Nullable Path before)
      throws UsageException {
    if (before != null) {
      throw new UsageException("option given twice: " + args[option]);
    }
    int at = option + 1;
    if (at == args.length || args[at].isEmpty() || args[at].startsWith("--")) {
      throw new UsageException("option without a value: " + args[option]);
    }
    try {
      return Path.of(args[at]);
    } catch (InvalidPathException e) {
      throw new UsageException("no path: " + args[option] + " " + args[at] + ": " + e.getReason());
    }
  }
}
