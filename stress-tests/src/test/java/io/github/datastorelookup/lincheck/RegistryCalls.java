package io.github.datastorelookup.lincheck;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.HandleFiles;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Form;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.model.Reading;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.races.RaceFixture.SpinningSync;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answers of real registries on a machine in memory whose clock stands still. */
public class RegistryCalls extends Calls {
  static final Duration TTL = Duration.ofSeconds(60);
  private static final int THREADS = 4;

  private record Own(int process, DatastoreHandle handle) {}

  private final List<DatastoreRegistry> registries = new ArrayList<>();
  private final List<List<Own>> own =
      Stream.<List<Own>>generate(ArrayList::new).limit(THREADS).toList();
  private int versions; // used by one thread: that of the saves

  /** As shipped. */
  public RegistryCalls() {
    this(UnaryOperator.identity());
  }

  RegistryCalls(UnaryOperator<Ports> weaken) {
    started(weaken);
  }

  /** Before anybody races; nothing of it is a step. */
  private void started(UnaryOperator<Ports> weaken) {
    MemoryHost host = new MemoryHost(HeapWord::new, () -> 0);
    for (int i = 0; i < PROCESSES; i++) {
      registries.add(
          DatastoreRegistry.builder(weaken.apply(host.start(new SpinningSync()).ports()))
              .ttl(TTL)
              .withoutWatcher()
              .open());
    }
    for (Store store : Store.values()) {
      registries
          .get(0)
          .create(
              DatastoreSection.of(
                  store.id(), Map.of("path", store.path(), "comment", nextVersion())));
    }
  }

  private String nextVersion() {
    return "v" + ++versions;
  }

  @Override
  Answer run(int thread, Command command) {
    try {
      return answer(thread, registries.get(command.process()), command);
    } catch (DatastoreException e) {
      return Answer.refused(e.getClass().getSimpleName());
    }
  }

  private Answer answer(int thread, DatastoreRegistry registry, Command command) {
    List<Own> mine = own.get(thread);
    if (command instanceof Command.Lookup c) {
      return hold(mine, c.process(), registry.lookup(c.name(), c.operation()));
    } else if (command instanceof Command.Duplicate c) {
      return hold(mine, c.process(), mine.get(mine.size() - 1).handle().duplicate());
    } else if (command instanceof Command.Close) {
      mine.remove(mine.size() - 1).handle().close();
    } else if (command instanceof Command.SetMode c && c.mode() == MaintenanceMode.NONE) {
      registry.clearMaintenance(c.name());
    } else if (command instanceof Command.SetMode c) {
      registry.setMaintenance(c.name(), c.mode(), null);
    } else if (command instanceof Command.Update c) {
      registry.update(c.name(), Map.of("comment", nextVersion()), List.of());
    } else if (command instanceof Command.Refresh) {
      registry.refresh();
    } else if (command instanceof Command.Count c) {
      ActiveOperations all = registry.activeOperations(c.name());
      return new Answer("done", all.reads() + "/" + all.writes());
    } else if (command instanceof Reading.Config) {
      return Answer.config(
          new ModelConfig(
              registry.config().sections().stream().map(Section::of).toList(), Form.WHOLE));
    } else {
      throw new IllegalArgumentException("no such call here: " + command);
    }
    return Answer.DONE;
  }

  private static Answer hold(List<Own> mine, int process, DatastoreHandle handle) {
    mine.add(new Own(process, handle));
    DatastoreSection section = handle.section();
    return Answer.granted(
        Objects.requireNonNull(section.property("comment")), section.absolutePath());
  }

  @Override
  Command.@Nullable Close newest(int thread) {
    List<Own> mine = own.get(thread);
    if (mine.isEmpty()) {
      return null;
    }
    Own newest = mine.get(mine.size() - 1);
    return new Command.Close(newest.process(), newest.handle().name());
  }

  @Override
  boolean allOpen() {
    return own.stream()
        .flatMap(Collection::stream)
        .map(Own::handle)
        .filter(handle -> handle.operation() != Operation.LOOKUP)
        .allMatch(handle -> HandleFiles.of(handle) instanceof MemoryFiles.Open o && o.isOpen());
  }
}
