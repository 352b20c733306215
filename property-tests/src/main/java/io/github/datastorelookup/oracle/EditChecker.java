package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.rules.Require.require;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.model.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INV-13 for saves that race: each changes what it was asked to change, and nothing else; and a
 * drain that is done has ended its mode.
 */
final class EditChecker {
  private EditChecker() {}

  static void check(Command command, ModelConfig before, ModelConfig after) {
    String name = nameOf(command);
    require(
            others(before, name).equals(others(after, name))
                && allowed(command, before, after, name),
            "INV-13")
        .or("%s makes %s into %s", command, before, after);
  }

  /** A drain ended, and this is the last text that it wrote, or null. */
  static void checkEnd(Command command, Answer answer, @Nullable ModelConfig written) {
    boolean drain = command instanceof Command.Maintain || command instanceof Command.Move;
    if (drain && answer.outcome().equals("done")) {
      Section end = written == null ? null : written.find(nameOf(command));
      boolean destroyed =
          command instanceof Command.Maintain c && c.mode() == MaintenanceMode.DELETE;
      require(
              written != null
                  && (destroyed ? end == null : end != null && end.mode() == MaintenanceMode.NONE),
              "INV-13")
          .or("%s => %s, and the last config that it wrote is %s", command, answer, written);
    }
  }

  private static List<Section> others(ModelConfig file, String name) {
    return file.sections().stream().filter(section -> !section.name().equals(name)).toList();
  }

  private static boolean allowed(
      Command command, ModelConfig before, ModelConfig after, String name) {
    Section old = before.find(name);
    Section now = after.find(name);
    if (command instanceof Command.Create) {
      return old == null && now != null && isAlone(now, after);
    } else if (old == null) {
      return false;
    } else if (command instanceof Command.Update || command instanceof Reading.UpdateAsRead) {
      return now != null && now.equals(old.with(now.version()));
    } else if (command instanceof Command.Move c && now != null && !now.path().equals(old.path())) {
      return now.path().equals(c.path())
          && isAlone(now, after)
          && sameButMode(old.at(c.path()), now);
    }
    return now == null ? command instanceof Command.Maintain : sameButMode(old, now);
  }

  private static boolean isAlone(Section section, ModelConfig file) {
    return others(file, section.name()).stream()
        .noneMatch(other -> Model.overlap(other.path(), section.path()));
  }

  private static boolean sameButMode(Section old, Section now) {
    return now.with(MaintenanceMode.NONE).equals(old.with(MaintenanceMode.NONE));
  }

  private static String nameOf(@Nullable Command command) {
    if (command instanceof Command.SetMode c) {
      return c.name();
    } else if (command instanceof Command.Update c) {
      return c.name();
    } else if (command instanceof Command.Create c) {
      return c.name();
    } else if (command instanceof Reading.UpdateAsRead c) {
      return c.name();
    } else if (command instanceof Command.Move c) {
      return c.name();
    }
    return command instanceof Command.Maintain c ? c.name() : "";
  }
}
