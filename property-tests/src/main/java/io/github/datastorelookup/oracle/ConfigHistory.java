package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.rules.Require.require;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.rules.Freshness;
import io.github.datastorelookup.rules.Freshness.Floor;
import io.github.datastorelookup.simulation.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All texts that the config file ever had, and which of them a lookup may use: INV-1 and INV-2 for
 * lookups that race with edits.
 *
 * <p>{@link Freshness} says which is the oldest; any later one may be used as well. A save whose
 * process was killed counts as returned if it replaced the file: whether its bumps reached other
 * processes is then a matter of INV-7.
 */
final class ConfigHistory {
  private static final long TTL_NANOS = Duration.ofSeconds(Cluster.TTL_SECONDS).toNanos();

  private final MemoryHost host;
  private final List<Version> versions = new ArrayList<>();
  private final Fingerprint all = new Fingerprint();
  private final Freshness freshness = new Freshness(TTL_NANOS);
  private byte[] bytes;
  private int byHand;

  /** A text, and the time since which the file has it. */
  private record Version(ModelConfig config, long since) {}

  ConfigHistory(MemoryHost host) {
    this.host = host;
    this.bytes = host.config();
    versions.add(new Version(ModelConfig.empty(), 0));
  }

  void addTo(Fingerprint state) {
    state.add(all.value()).addValue(freshness.returned()).add(byHand);
  }

  /** Checks whether the file has another text now. */
  void look(boolean edited, long now) {
    byte[] current = host.config();
    byHand += edited ? 1 : 0;
    if (!Arrays.equals(bytes, current)) {
      bytes = current;
      String text = new String(current, StandardCharsets.UTF_8);
      versions.add(new Version(ModelConfig.parse(text), now));
      all.add(text).add(now).addValue(edited);
      if (edited) {
        freshness.edited(newest(), now, text);
      }
    }
  }

  /** The number of the text that the file has now. */
  int newest() {
    return versions.size() - 1;
  }

  /** The text of this number. */
  ModelConfig config(int version) {
    return versions.get(version).config();
  }

  /** The number of manual edits. */
  int editsByHand() {
    return byHand;
  }

  /** A save that wrote the text of this number returned. */
  void saved(int version) {
    freshness.returned(version, "a save");
  }

  /** The floor of a lookup that begins now. */
  Floor floor(long now) {
    return freshness.floor(now);
  }

  /** The same for a process on a page that no other process uses: the TTL alone limits it. */
  Floor floorOfOldPage(long now) {
    int first = 0;
    for (int i = 0; i < versions.size(); i++) {
      first = now - versions.get(i).since() >= TTL_NANOS ? i : first;
    }
    return new Floor(first, "INV-2", "an old page");
  }

  /** A lookup was granted by this section. */
  void granted(Floor floor, Operation operation, DatastoreSection by) {
    Section section = Section.of(by);
    requireSome(
        floor, file -> !file.broken() && section.equals(file.find(by.name())), "granted by " + by);
    require(Model.admits(section.mode(), operation), "INV-3")
        .or("%s was granted by %s, which refuses it", operation, by);
  }

  /** A lookup was refused. */
  void refused(Floor floor, Command.Lookup lookup, Answer answer) {
    Predicate<ModelConfig> cause =
        switch (answer.outcome()) {
          case "NoSuchDatastore" -> file -> !file.broken() && file.find(lookup.name()) == null;
          case "DatastoreUnavailable" ->
              file -> !file.broken() && refuses(file.find(lookup.name()), lookup.operation());
          case "ConfigInvalid" -> ModelConfig::broken;
          default -> file -> true; // does not depend on the config
        };
    requireSome(floor, cause, lookup + " => " + answer);
  }

  private static boolean refuses(@Nullable Section section, Operation operation) {
    return section != null && !Model.admits(section.mode(), operation);
  }

  private void requireSome(Floor floor, Predicate<ModelConfig> cause, String what) {
    List<ModelConfig> allowed =
        versions.subList(Math.toIntExact(floor.first()), versions.size()).stream()
            .map(Version::config)
            .toList();
    require(allowed.stream().anyMatch(cause), floor.invariant())
        .or("%s; since before it began the config has only been %s", what, allowed);
  }
}
