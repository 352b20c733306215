package io.github.datastorelookup.inspect;

import io.github.datastorelookup.inspect.Arguments.UsageException;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.jvm.JvmTicker;
import io.github.datastorelookup.port.Reasons;
import io.github.datastorelookup.posix.FilesView;
import io.github.datastorelookup.posix.LockTable;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The command line: {@code java -jar datastore-lookup-<version>.jar inspect ...}. */
public final class Main {
  /** Everything was examined, and there are no problems. */
  static final int OK = 0;

  /** There are problems, or parts that could not be examined. */
  static final int PROBLEMS = 1;

  /** The command line is invalid. */
  static final int USAGE = 2;

  /** The output could not be written: it is incomplete. */
  static final int OUTPUT = 3;

  private static final Set<String> HELP_OPTIONS = Set.of("--help", "-h");

  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

  private static final String SYNTAX =
      "usage: java -jar datastore-lookup-<version>.jar inspect --config FILE --run DIRECTORY [--json]\n";

  private static final String HELP =
      """
      Shows which processes have which datastores in use, and which of them a maintenance task
      would wait for. Creates, changes and deletes nothing, and touches no datastore.

        --config FILE     the config, usually datastore.cfg
        --run DIRECTORY   the run directory, with the generation page and the ledgers
        --json            prints JSON, in the shape of docs/reference/inspect.schema.json
        --help, -h        shows this text
        --version         shows the version

      It waits for the config lock at most 10 s, and holds it, shared, for a moment.

      exit code
        0  all right: everything was examined. There may be notes, such as one on a process that
           died: its operations no longer count
        1  problems: something could not be read or probed; the config is missing, does not
           parse, or has an unknown maintenance mode, a path that is not absolute, or a device
           whose mount state cannot be determined; a ledger or the generation page is corrupt;
           a process uses a generation page that is not the one at its path; live processes
           use another run directory or config than these, or that cannot be determined; the
           config lock is held for too long, or missing; /proc/locks does not show every
           process, so it may not show the holder of a maintenance lock
        2  the command line is invalid
        3  the output could not be written, so it is incomplete
      """;

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    int code = run(args, System.out, System.err, LOCK_TIMEOUT);
    System.exit(code);
  }

  /** Runs the command and returns its exit code. */
  static int run(String[] args, PrintStream out, PrintStream err, Duration lockTimeout) {
    int code = show(args, out, err, lockTimeout);
    if (out.checkError()) { // flushes
      err.print("the output could not be written\n");
      return OUTPUT;
    }
    return code;
  }

  private static int show(String[] args, PrintStream out, PrintStream err, Duration lockTimeout) {
    List<String> all = List.of(args);
    if (all.stream().anyMatch(HELP_OPTIONS::contains)) {
      out.print(SYNTAX + "\n" + HELP);
      return OK;
    }
    if (all.contains("--version")) {
      String version = Main.class.getPackage().getImplementationVersion();
      out.println("datastore-lookup " + (version == null ? "(not from a jar)" : version));
      return OK;
    }
    try {
      if (args.length == 0 || !args[0].equals("inspect")) {
        throw new UsageException(
            args.length == 0 ? "missing command: inspect" : "unknown command: " + args[0]);
      }
      Arguments arguments = Arguments.parse(args, 1);
      Report report = inspect(arguments, lockTimeout);
      out.print(arguments.json() ? JsonPrinter.print(report) : ReportPrinter.print(report));
      return report.problems().isEmpty() ? OK : PROBLEMS;
    } catch (UsageException e) {
      err.print(Reasons.of(e) + "\n" + SYNTAX);
      return USAGE;
    }
  }

  private static Report inspect(Arguments arguments, Duration lockTimeout) {
    return new Inspector(
            new FilesView(arguments.config(), arguments.run()),
            LockTable.OF_LINUX,
            FilesView.mounts(),
            new JvmTicker(),
            new JvmSync(),
            lockTimeout.toNanos())
        .inspect();
  }
}
