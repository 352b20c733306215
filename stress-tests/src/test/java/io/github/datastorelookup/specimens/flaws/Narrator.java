package io.github.datastorelookup.specimens.flaws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.port.ConfigFile;
import io.github.datastorelookup.simulation.PortListener;
import io.github.datastorelookup.simulation.Scheduler;
import io.github.datastorelookup.simulation.Trace.Kind;
import java.lang.reflect.Method;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells the trace what processes read and wrote. */
final class Narrator implements PortListener {
  private static final Pattern SECTION = Pattern.compile("datastore: aaa\n(\t.*\n)*");
  private static final Pattern MODE = Pattern.compile("maintenance-mode (\\S+)");

  private final Scheduler scheduler;

  Narrator(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public void returned(
      Object port, Method method, Object @Nullable [] args, @Nullable Object result) {
    Object bytes = args == null || args.length == 0 ? result : args[0];
    if (port instanceof ConfigFile && bytes instanceof byte[] text) {
      says(mode(new String(text, UTF_8)));
    }
  }

  private static String mode(String config) {
    Matcher section = SECTION.matcher(config);
    if (!section.find()) {
      return "no aaa";
    }
    Matcher mode = MODE.matcher(section.group());
    return mode.find() ? "aaa " + mode.group(1) : "aaa in no mode";
  }

  /** What the step before this read or wrote. */
  void says(String what) {
    scheduler.note(Kind.NOTE, Traces.SAYS + what, null);
  }
}
