package io.github.datastorelookup.oracle;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.ConfigView;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Ending;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Form;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.model.Reading;
import io.github.datastorelookup.simulation.SimulatedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A registry of this library. */
record OwnSubject(DatastoreRegistry registry) implements Subject {
  static OwnSubject open(SimulatedProcess process) {
    return new OwnSubject(
        DatastoreRegistry.builder(process.ports())
            .ttl(Duration.ofSeconds(Cluster.TTL_SECONDS))
            .lockTimeout(Cluster.LOCK_TIMEOUT)
            .withoutWatcher()
            .open());
  }

  @Override
  public DatastoreHandle lookup(Command.Lookup command) {
    return registry.lookup(command.name(), command.operation());
  }

  @Override
  public ActiveOperations count(Command.Count command) {
    return registry.activeOperations(command.name());
  }

  @Override
  public Seen config() {
    ConfigView view = registry.config();
    List<Section> sections = view.sections().stream().map(Section::of).toList();
    return new Seen(new ModelConfig(sections, Form.WHOLE), view.digest());
  }

  @Override
  public void edit(Command command, String comment, String digest) {
    if (command instanceof Command.SetMode c) {
      if (c.mode() == MaintenanceMode.NONE) {
        registry.clearMaintenance(c.name());
      } else {
        registry.setMaintenance(c.name(), c.mode(), null);
      }
    } else if (command instanceof Command.Update c) {
      registry.update(c.name(), Map.of("comment", comment), List.of());
    } else if (command instanceof Reading.UpdateAsRead c) {
      registry.update(c.name(), Map.of("comment", comment), List.of(), digest);
    } else if (command instanceof Command.Create c) {
      boolean removable = new Section(c.name(), c.path(), MaintenanceMode.NONE, 0).removable();
      registry.create(
          DatastoreSection.of(
              c.name(),
              removable
                  ? Map.of("path", "x", "comment", comment, "backing-device", ModelConfig.DEVICE)
                  : Map.of("path", c.path(), "comment", comment)));
    }
  }

  @Override
  public void drain(Command command, String path, Drain drain, Runnable task) {
    if (command instanceof Command.Move c) {
      registry.move(c.name(), path, drain, task::run);
    } else if (command instanceof Command.Maintain c) {
      if (c.ending() == Ending.GONE) {
        registry.destroyWithoutData(c.name(), drain);
      } else if (c.mode() == MaintenanceMode.DELETE) {
        registry.destroy(c.name(), drain, task::run);
      } else {
        registry.runMaintenance(c.name(), c.mode(), null, drain, task::run);
      }
    }
  }

  @Override
  public void refresh() {
    registry.refresh();
  }

  @Override
  public void close() {
    registry.close();
  }
}
