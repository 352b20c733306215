package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.oracle.Oracle.require;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.model.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INV-13 for saves that race: each changes what it was asked to change, and nothing else. */
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

  private static List<Section> others(ModelConfig file, String name) {
    return file.sections().stream().filter(section -> !section.name().equals(name)).toList();
  }

  private static boolean allowed(
      Command command, ModelConfig before, ModelConfig after, String name) {
    Section old = before.find(name);
    Section now = after.find(name);
    if (command instanceof Command.Create) {
      return old == null && now != null;
    } else if (old == null) {
      return false;
    } else if (command instanceof Command.Update || command instanceof Reading.UpdateAsRead) {
      return now != null && now.equals(old.with(now.version()));
    } else if (command instanceof Command.Move c && now != null && !now.path().equals(old.path())) {
      return now.path().equals(c.path()) && sameButMode(old.at(c.path()), now);
    }
    return now == null ? command instanceof Command.Maintain : sameButMode(old, now);
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
