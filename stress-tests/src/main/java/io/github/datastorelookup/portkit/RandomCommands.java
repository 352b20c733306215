package io.github.datastorelookup.portkit;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ExternalEvent;
import io.github.datastorelookup.model.FileFault;
import io.github.datastorelookup.model.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random programs for ports, which begin by making datastores: few names, so that much meets. */
final class RandomCommands {
  private static final List<String> NAMES = List.of("aaa", "aaa", "aaa", "bbb", "bbb", "ccc");
  private static final List<String> PATHS = List.of("/a", "/a", "/b", "/a/c", "/ab");
  private static final int LEAST = 20;
  private static final int MOST = 50;

  private final Random random;
  private final int processes;

  RandomCommands(Random random, int processes) {
    this.random = random;
    this.processes = processes;
  }

  List<Command> program() {
    List<Command> program = new ArrayList<>();
    program.add(new Command.Create(0, "aaa", "/a"));
    program.add(new Command.Create(0, "bbb", "/b"));
    int size = LEAST + random.nextInt(MOST - LEAST);
    while (program.size() < size) {
      program.add(command());
    }
    return program;
  }

  private Command command() {
    int kind = random.nextInt(100);
    if (kind < 34) {
      String name = kind == 0 ? "../x" : name();
      return new Command.Lookup(process(), name, any(Operation.values()));
    } else if (kind < 48) {
      return new Command.Close(process(), name());
    } else if (kind < 74) {
      return ofRegistry(kind);
    } else if (kind < 84) {
      return drain();
    } else if (kind < 87) {
      return life();
    }
    return outside(kind);
  }

  private Command ofRegistry(int kind) {
    if (kind < 50) {
      return new Command.CloseAgain(process(), name());
    } else if (kind < 53) {
      return new Command.Duplicate(process(), name());
    } else if (kind < 56) {
      return new Command.Count(process(), name());
    } else if (kind < 60) {
      return new Command.Refresh(process());
    } else if (kind < 62) {
      return new Reading.Config(process());
    } else if (kind < 64) {
      return new Reading.UpdateAsRead(process(), name());
    } else if (kind < 67) {
      return new Command.Update(process(), name());
    } else if (kind < 69) {
      return new Command.Create(process(), name(), path());
    }
    return new Command.SetMode(process(), name(), settable());
  }

  private Command drain() {
    Command.Ending ending =
        any(
            Command.Ending.GOOD,
            Command.Ending.GOOD,
            Command.Ending.GOOD,
            Command.Ending.FAILS,
            Command.Ending.CANCELLED);
    return switch (random.nextInt(4)) {
      case 0 ->
          new Command.Maintain(
              process(),
              name(),
              MaintenanceMode.DELETE,
              0,
              random.nextInt(4) == 0 ? Command.Ending.GONE : ending);
      case 1 -> new Command.Move(process(), name(), path(), ending);
      default ->
          new Command.Maintain(
              process(),
              name(),
              any(MaintenanceMode.OFFLINE, MaintenanceMode.READ_ONLY, MaintenanceMode.UNMOUNT),
              0,
              ending);
    };
  }

  private Command life() {
    return switch (random.nextInt(6)) {
      case 0 -> new Command.Kill(process());
      case 1 -> new Command.CloseRegistry(process());
      default -> new Command.Start(process(), true);
    };
  }

  private Command outside(int kind) {
    if (kind < 93) {
      return edit();
    }
    return switch (random.nextInt(12)) {
      case 0, 1 -> new ExternalEvent.LockFile(path(), random.nextBoolean());
      case 2 -> new ExternalEvent.Alias(path(), path());
      case 3, 4 -> new FileFault.HoldLock(random.nextInt(3) == 0);
      case 5 -> new ExternalEvent.EditTorn(true);
      case 6, 7 -> new ExternalEvent.EditTorn(false);
      case 8 -> new ExternalEvent.EditUnparsable();
      case 9 -> random.nextBoolean() ? new FileFault.RemoveConfig() : new FileFault.EmptyConfig();
      default -> new ExternalEvent.Bump();
    };
  }

  private Command edit() {
    return switch (random.nextInt(5)) {
      case 0 -> new ExternalEvent.EditComment(name());
      case 1 -> new ExternalEvent.EditPath(name(), path());
      case 2 -> new ExternalEvent.EditOut(name());
      default -> new ExternalEvent.EditMode(name(), any(MaintenanceMode.values()));
    };
  }

  private MaintenanceMode settable() {
    return any(
        MaintenanceMode.NONE,
        MaintenanceMode.NONE,
        MaintenanceMode.READ_ONLY,
        MaintenanceMode.OFFLINE,
        MaintenanceMode.UNMOUNT,
        MaintenanceMode.DELETE,
        MaintenanceMode.S3_REFRESH);
  }

  private int process() {
    return random.nextInt(processes);
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private String path() {
    return PATHS.get(random.nextInt(PATHS.size()));
  }

  @SafeVarargs
  private <T> T any(T... of) {
    return of[random.nextInt(of.length)];
  }
}
