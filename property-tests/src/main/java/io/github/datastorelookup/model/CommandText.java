package io.github.datastorelookup.model;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command.Ending;
import io.github.datastorelookup.port.MountTable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses commands as their {@code toString} writes them. */
public final class CommandText {
  private static final Map<Pattern, Function<Matcher, Command>> FORMS = new LinkedHashMap<>();

  static {
    form(
        "p(\\d+): lookup (\\S+) (\\S+)",
        m -> new Command.Lookup(number(m, 1), m.group(2), Operation.valueOf(m.group(3))));
    form("p(\\d+): close the registry", m -> new Command.CloseRegistry(number(m, 1)));
    form("p(\\d+): close (\\S+) again", m -> new Command.CloseAgain(number(m, 1), m.group(2)));
    form("p(\\d+): close (\\S+)", m -> new Command.Close(number(m, 1), m.group(2)));
    form("p(\\d+): duplicate (\\S+)", m -> new Command.Duplicate(number(m, 1), m.group(2)));
    form(
        "p(\\d+): save (\\S+) comment as read",
        m -> new Reading.UpdateAsRead(number(m, 1), m.group(2)));
    form("p(\\d+): save (\\S+) comment", m -> new Command.Update(number(m, 1), m.group(2)));
    form(
        "p(\\d+): save (\\S+) (\\S+)",
        m -> new Command.SetMode(number(m, 1), m.group(2), mode(m.group(3))));
    form(
        "p(\\d+): create (\\S+) at (\\S+)",
        m -> new Command.Create(number(m, 1), m.group(2), m.group(3)));
    form(
        "p(\\d+): destroy (\\S+)( in (\\d+) ms)?(, (\\S+))?",
        m -> drain(m, MaintenanceMode.DELETE, 2));
    form(
        "p(\\d+): run in (\\S+): (\\S+)( in (\\d+) ms)?(, (\\S+))?",
        m -> drain(m, mode(m.group(2)), 3));
    form("p(\\d+): count (\\S+)", m -> new Command.Count(number(m, 1), m.group(2)));
    form("p(\\d+): refresh", m -> new Command.Refresh(number(m, 1)));
    form("p(\\d+): killed", m -> new Command.Kill(number(m, 1)));
    form(
        "p(\\d+): started( without a counter)?",
        m -> new Command.Start(number(m, 1), m.group(2) == null));
    form(
        "p(\\d+): ledger (full|with room)",
        m -> new Command.FailLedger(number(m, 1), m.group(2).equals("full")));
    form("p(\\d+): rests (\\d+) ms", m -> new Command.Rest(number(m, 1), number(m, 2)));
    form("editor: unparsable", m -> new ExternalEvent.EditUnparsable());
    form("editor: half-written", m -> new ExternalEvent.EditTorn(true));
    form("editor: complete", m -> new ExternalEvent.EditTorn(false));
    form("editor: (\\S+) comment", m -> new ExternalEvent.EditComment(m.group(1)));
    form("editor: (\\S+) gone", m -> new ExternalEvent.EditOut(m.group(1)));
    form("editor: (\\S+) at (\\S+)", m -> new ExternalEvent.EditPath(m.group(1), m.group(2)));
    form("editor: (\\S+) (\\S+)", m -> new ExternalEvent.EditMode(m.group(1), mode(m.group(2))));
    form("p(\\d+): config", m -> new Reading.Config(number(m, 1)));
    form("p(\\d+): move (\\S+) to ([^\\s,]+)(, (\\S+))?", CommandText::move);
    form("config (locked|unlocked)", m -> new FileFault.HoldLock(m.group(1).equals("locked")));
    form("config removed", m -> new FileFault.RemoveConfig());
    form("config of zero bytes", m -> new FileFault.EmptyConfig());
    form("(\\d+) saves not synced", m -> new FileFault.FailSyncs(number(m, 1)));
    form("page replaced", m -> new FileFault.ReplacePage());
    form("ledger of p(\\d+) replaced", m -> new FileFault.ReplaceLedger(number(m, 1)));
    form("lock on ledger of p(\\d+) lost", m -> new FileFault.LoseLock(number(m, 1)));
    form("interrupt T(\\d+)", m -> new ExternalEvent.Interrupt(number(m, 1)));
    form("bump", m -> new ExternalEvent.Bump());
    form("wait (\\d+) s", m -> new ExternalEvent.Wait(number(m, 1)));
    form("(\\S+)/\\.lock is that of (\\S+)", m -> new ExternalEvent.Alias(m.group(1), m.group(2)));
    form(
        "(\\S+)/\\.lock (made anew|removed)",
        m -> new ExternalEvent.LockFile(m.group(1), m.group(2).equals("made anew")));
    form(
        "mount (\\S+): (\\S+)",
        m -> new ExternalEvent.Mount(m.group(1), MountTable.Status.valueOf(upper(m.group(2)))));
    form(
        "config (unreadable|readable)",
        m -> new ExternalEvent.FailConfig(m.group(1).equals("unreadable")));
    form(
        "(\\S+) is (broken|repaired)",
        m -> new ExternalEvent.FailFiles(m.group(1), m.group(2).equals("broken")));
    form(
        "(\\S+) is (read-only|writable)",
        m -> new ExternalEvent.ReadOnly(m.group(1), m.group(2).equals("read-only")));
    form("p(\\d+): at most (\\d+) files", m -> new Command.LimitFiles(number(m, 1), number(m, 2)));
    form("(\\S+) hangs( no more)?", m -> new ExternalEvent.Hang(m.group(1), m.group(2) == null));
  }

  private CommandText() {}

  private static void form(String form, Function<Matcher, Command> made) {
    FORMS.put(Pattern.compile(form), made);
  }

  private static Command drain(Matcher m, MaintenanceMode mode, int name) {
    String millis = m.group(name + 2);
    return new Command.Maintain(
        number(m, 1),
        m.group(name),
        mode,
        millis == null ? 0 : Integer.parseInt(millis),
        ending(m.group(name + 4)));
  }

  private static Command move(Matcher m) {
    return new Command.Move(number(m, 1), m.group(2), m.group(3), ending(m.group(5)));
  }

  private static Ending ending(@Nullable String text) {
    return text == null ? Ending.GOOD : Ending.valueOf(upper(text));
  }

  private static int number(Matcher m, int group) {
    return Integer.parseInt(m.group(group));
  }

  private static MaintenanceMode mode(String text) {
    return MaintenanceMode.valueOf(upper(text));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /**
   * The command that this text shows.
   *
   * @throws IllegalArgumentException when it shows no command
   */
  public static Command parse(String text) {
    for (Map.Entry<Pattern, Function<Matcher, Command>> form : FORMS.entrySet()) {
      Matcher matcher = form.getKey().matcher(text);
      if (matcher.matches()) {
        return form.getValue().apply(matcher);
      }
    }
    throw new IllegalArgumentException("not a command: " + text);
  }
}
