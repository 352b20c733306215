package io.github.datastorelookup.pairs;

import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.CommandText;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The acts of the two threads of a pair: each command of the model once, and the drains with each
 * of their ends. A command that means nothing by itself has others around it.
 */
public final class Acts {
  private static final String OF_PROCESSES =
      """
      lookup aaa READ
      lookup aaa WRITE
      lookup aaa LOOKUP
      close aaa
      close aaa again
      duplicate aaa
      save aaa offline
      save aaa none
      save aaa comment
      config; save aaa comment as read
      create ccc at /c
      run in unmount: aaa in 100 ms
      run in offline: aaa in 100 ms, fails
      run in read_only: aaa in 100 ms, taken
      destroy aaa in 100 ms
      destroy aaa in 100 ms, cancelled
      destroy aaa in 100 ms, gone
      move aaa to /c
      move aaa to /c, fails
      count aaa
      rests 5 ms; refresh
      close the registry
      killed
      killed; started
      started
      ledger full
      at most 1 files
      """;

  private static final String OF_OTHERS =
      """
      editor: aaa offline
      editor: aaa none
      editor: aaa comment
      /b/.lock made anew; editor: aaa at /b
      editor: aaa gone
      editor: half-written; editor: aaa offline; editor: complete
      editor: unparsable; editor: complete
      bump
      wait 60 s
      PATH/.lock made anew
      PATH/.lock removed
      /b/.lock is that of PATH; editor: bbb at /b
      mount aaa: not_mounted
      config unreadable; config readable
      PATH is broken
      PATH is read-only
      PATH hangs; PATH hangs no more
      interrupt T1
      config locked; p1: rests 5 ms; config unlocked
      config removed
      config of zero bytes
      2 saves not synced
      page replaced
      ledger of p0 replaced
      lock on ledger of p0 lost
      """;

  private Acts() {}

  /** Those of processes. */
  public static List<String> ofProcesses() {
    return OF_PROCESSES.lines().toList();
  }

  /** Those of administrators, editors and disks. */
  public static List<String> ofOthers() {
    return OF_OTHERS.lines().toList();
  }

  /** This one by this process. */
  public static List<Command> by(int process, String act) {
    String who = "p" + process + ": ";
    return commands(who + act.replace("; ", "; " + who));
  }

  /** This one of others, in this situation. */
  public static List<Command> in(Situation situation, String act) {
    return commands(act.replace("PATH", situation.path()));
  }

  /** The commands of all acts, of this many processes. */
  public static List<Command> commands(int processes) {
    Set<Command> all = new LinkedHashSet<>();
    for (int process = 0; process < processes; process++) {
      for (String act : ofProcesses()) {
        all.addAll(by(process, act));
      }
    }
    ofOthers().forEach(act -> all.addAll(in(Situation.IDLE, act)));
    return List.copyOf(all);
  }

  private static List<Command> commands(String act) {
    return Arrays.stream(act.split("; ", -1)).map(CommandText::parse).toList();
  }
}
