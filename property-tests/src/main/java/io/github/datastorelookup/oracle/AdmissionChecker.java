package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.rules.Require.require;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.oracle.ClusterProcess.Held;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.rules.Admission;
import io.github.datastorelookup.simulation.Fingerprint;
import io.github.datastorelookup.simulation.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Feeds {@link Admission} from a simulation: which modes are set, when they are seen drained and
 * when they end. Also checks INV-5: nothing is open where a decider acts.
 */
final class AdmissionChecker {
  private final MemoryHost host;
  private final List<ClusterProcess> members;
  private final Admission admission = new Admission(this::live);

  /** Modes that a save set, by datastore, until a process starts to clear them. */
  private final Map<String, MaintenanceMode> set = new TreeMap<>();

  /** The datastore of each manual edit. */
  private final List<String> manualEdits = new ArrayList<>();

  /** How many manual edits there had been when a thread that has the config lock last looked. */
  private final Map<String, Integer> editsSeen = new TreeMap<>();

  /** The same when it last released the lock. */
  private final Map<String, Integer> editsAtLook = new TreeMap<>();

  private final Memory memory;

  AdmissionChecker(MemoryHost host, List<ClusterProcess> members, Memory memory) {
    this.host = host;
    this.members = members;
    this.memory = memory;
  }

  private List<Held> live(String name) {
    return members.stream()
        .filter(member -> !member.ledgerLost)
        .flatMap(member -> member.held.stream())
        .filter(held -> held.name().equals(name))
        .toList();
  }

  void addTo(Fingerprint state) {
    state.addValue(set).addValue(manualEdits).addValue(editsSeen).addValue(editsAtLook);
    admission.addTo(state);
  }

  /** A save set this mode. */
  void modeSet(String name, MaintenanceMode mode) {
    admission.end(name);
    ModelConfig now = ModelConfig.parse(new String(host.config(), StandardCharsets.UTF_8));
    if (isIn(now, name, mode)) { // else another edit ended it before the save that set it returned
      set.put(name, mode);
    } else {
      set.remove(name);
    }
  }

  /** A process saves this text: a mode that is no longer in it promises nothing. */
  void replaced(ModelConfig text) {
    set.entrySet().removeIf(each -> !isIn(text, each.getKey(), each.getValue()));
    admission
        .promised()
        .forEach(
            (name, mode) -> {
              if (!isIn(text, name, mode)) {
                admission.end(name);
              }
            });
  }

  private static boolean isIn(ModelConfig text, String name, MaintenanceMode mode) {
    Section section = text.find(name);
    return section != null && section.mode() == mode;
  }

  /** A process starts to clear the mode, or a manual edit changes the section. */
  void clearing(String name, boolean byHand) {
    set.remove(name);
    admission.end(name);
    if (byHand) {
      manualEdits.add(name);
    }
  }

  /** A process counted the operations of all processes. */
  void counted(String name, ActiveOperations all) {
    MaintenanceMode mode = set.get(name);
    if (mode != null && all.writes() == 0 && (mode.admitsRead() || all.reads() == 0)) {
      admission.promise(name, name, mode, "the words were counted: " + all);
    }
  }

  /** A drain acts now: no process has what the mode refuses; in a clearing mode nothing is open. */
  void acting(ClusterProcess decider, String name, MaintenanceMode mode, @Nullable Section now) {
    admission.acts(name, decider.process());
    require(manualEdits.contains(name) || (now != null && now.mode() == mode), "INV-3")
        .or(
            "a task in %s acts on %s, which is another one meanwhile: %s",
            mode, name, String.valueOf(now));
    if (editedSinceLook(name)) { // a manual edit ended it at the last moment: unavoidable
      return;
    }
    admission.promise(name, name, mode, "a task acts in " + decider.process());
    if (now == null || now.mode() != mode) {
      admission.end(name);
    }
    for (ClusterProcess member : members) {
      if (member.alive && !member.ledgerLost && Model.clears(mode)) {
        long word = member.process().word(name);
        require(word == OperationWord.CLOSED, OperationWord.idle(word) ? "INV-5" : "INV-3")
            .or(
                "a task in %s acts on %s, but the word of %s says %s",
                mode, name, member.process(), OperationWord.describe(word));
        notOpen(member, name, mode, now);
      }
    }
    if (now != null && Model.clears(mode)) {
      require(memory.hasSeen("files at " + now.path()), "INV-3")
          .or("a task in %s acts on %s, and no order says that its last use was over", mode, name);
      memory.touches("data at " + now.path());
    }
  }

  /** This thread acquired the config lock, or read or replaced the file since. */
  void looks() {
    Integer unused = editsSeen.put(Thread.currentThread().getName(), manualEdits.size());
  }

  /** This thread releases the config lock: what it saw was true when it looked. */
  void looked() {
    String thread = Thread.currentThread().getName();
    Integer unused = editsAtLook.put(thread, editsSeen.getOrDefault(thread, 0));
  }

  private boolean editedSinceLook(String name) {
    int look = editsAtLook.getOrDefault(Thread.currentThread().getName(), 0);
    return manualEdits.subList(look, manualEdits.size()).contains(name);
  }

  private void notOpen(
      ClusterProcess member, String name, MaintenanceMode mode, @Nullable Section section) {
    boolean another = // if two sections have one path, the files may be those of the other
        member.process().words().values().stream()
            .anyMatch(word -> word.get() != OperationWord.CLOSED);
    for (MemoryFiles.Open store : host.files().open()) {
      require(
              another
                  || section == null
                  || store.process() != member.process()
                  || !store.path().equals(section.path()),
              "INV-5")
          .or("a task in %s acts on %s, but %s has its files open", mode, name, member.process());
    }
  }

  /** A process writes a new datastore of this name into the config. */
  void created(String name) {
    require(!admission.isActedOn(name), "INV-3")
        .or("%s is made anew while a task acts on it", name);
  }

  /** The drain has acted. */
  void acted(String name) {
    admission.acted(name);
    admission.end(name);
  }

  /** A dead decider no longer acts; its mode stays. */
  void dead(ClusterProcess member) {
    admission.dead(member.process());
  }

  /** A lookup has just granted this handle. */
  void granted(ClusterProcess member, DatastoreHandle handle) {
    if (!member.ledgerLost) {
      admission.granted(new Held(handle, null, null));
    }
  }
}
