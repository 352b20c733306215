package io.github.datastorelookup.lincheck;

import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelProcess;
import io.github.datastorelookup.model.ModelProcess.Held;
import io.github.datastorelookup.model.ModelState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The model's answers; nothing but {@link Model#step} and whose handles are whose. */
public class ModelCalls extends Calls {
  private record Own(int process, Held handle) {}

  private final Map<Integer, List<Own>> own = new TreeMap<>();
  private ModelState state = ModelState.initial(PROCESSES, RegistryCalls.TTL.toSeconds());

  /** Two datastores, which the first process has made. */
  public ModelCalls() {
    for (Store store : Store.values()) {
      state = Model.step(state, new Command.Create(0, store.id(), store.path())).state();
    }
  }

  @Override
  Answer run(int thread, Command command) {
    boolean ofHandle = command instanceof Command.Close || command instanceof Command.Duplicate;
    Model.Step step = Model.step(ofHandle ? newestFirst(thread) : state, command);
    state = step.state();
    if (command instanceof Command.Close) {
      List<Own> mine = Objects.requireNonNull(own.get(thread));
      mine.remove(mine.size() - 1);
    } else if (step.answer().outcome().equals("granted")) {
      List<Held> handles = state.processes().get(command.process()).handles();
      own.computeIfAbsent(thread, none -> new ArrayList<>())
          .add(new Own(command.process(), handles.get(handles.size() - 1)));
    }
    return step.answer();
  }

  /** The model takes the oldest handle of a process: it is told that this thread's is. */
  private ModelState newestFirst(int thread) {
    Own mine = Objects.requireNonNull(newestOf(thread));
    ModelProcess p = state.processes().get(mine.process());
    List<Held> handles = new ArrayList<>(p.handles());
    handles.remove(mine.handle());
    handles.add(0, mine.handle());
    List<ModelProcess> processes = new ArrayList<>(state.processes());
    processes.set(
        mine.process(),
        new ModelProcess(p.life(), p.shared(), p.cached(), p.seen(), handles, p.open(), p.slots()));
    ModelState s = state;
    return new ModelState(
        s.file(), s.access(), s.generation(), s.now(), s.ttl(), s.edits(), s.disk(), processes);
  }

  private @Nullable Own newestOf(int thread) {
    List<Own> mine = own.getOrDefault(thread, List.of());
    return mine.isEmpty() ? null : mine.get(mine.size() - 1);
  }

  @Override
  Command.@Nullable Close newest(int thread) {
    Own mine = newestOf(thread);
    return mine == null ? null : new Command.Close(mine.process(), mine.handle().section().name());
  }

  @Override
  boolean allOpen() {
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ModelCalls calls && calls.state.equals(state) && calls.own.equals(own);
  }

  @Override
  public int hashCode() {
    return Objects.hash(state, own);
  }
}
