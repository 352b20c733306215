package io.github.datastorelookup.oracle;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.simulation.Scheduler;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes manual edits of the config file, and numbers the versions of all edits. */
final class ManualEditor {
  private final MemoryHost host;
  private final Oracle oracle;
  private final Scheduler scheduler;
  private int versions;

  ManualEditor(MemoryHost host, Oracle oracle, Scheduler scheduler) {
    this.host = host;
    this.oracle = oracle;
    this.scheduler = scheduler;
  }

  /** The number of the next version of a section. */
  int nextVersion() {
    scheduler.picked(++versions);
    return versions;
  }

  /** The content of the file. */
  ModelConfig read() {
    return ModelConfig.parse(new String(host.config(), StandardCharsets.UTF_8));
  }

  /** Edits the whole file. */
  void edit(UnaryOperator<ModelConfig> change) {
    host.writeConfig(change.apply(read()).text().getBytes(StandardCharsets.UTF_8));
    scheduler.memory().edited(host.config());
    oracle.editedByHand();
  }

  /** Edits one section, if it exists. */
  void edit(String name, UnaryOperator<Section> change) {
    edit(
        file -> {
          Section old = file.find(name);
          return old == null ? file.without(name) : file.with(change.apply(old));
        });
  }

  /** Replaces the file by these bytes without sections; null removes it. */
  void emptying(byte @Nullable [] bytes) {
    read().sections().forEach(section -> oracle.admission().clearing(section.name(), true));
    if (bytes == null) {
      host.removeConfig();
    } else {
      host.writeConfig(bytes);
      scheduler.memory().edited(bytes);
    }
    oracle.editedByHand();
  }

  /** Removes a section. */
  void removing(String name) {
    oracle.admission().clearing(name, true);
    edit(file -> file.without(name));
  }

  /** Writes a section, which may be new. */
  void replacing(String name, Function<Optional<Section>, Section> change) {
    oracle.admission().clearing(name, true);
    edit(file -> file.with(change.apply(Optional.ofNullable(file.find(name)))));
  }

  /** Sets a mode. */
  void mode(String name, MaintenanceMode mode) {
    oracle.admission().clearing(name, true);
    edit(name, old -> old.with(mode));
  }
}
