package io.github.datastorelookup.verification.races;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.races.WrongVersions;
import io.github.datastorelookup.verification.Layer;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.Progress;
import io.github.datastorelookup.verification.RunSettings;
import io.github.datastorelookup.verification.mutants.ChangedLibrary;
import io.github.datastorelookup.verification.mutants.MutantException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * Runs the races on the cores of this machine. The smallest budget runs half of them, on mapped
 * words; the others run all, on heap words too, and on the mutants that they have to find.
 *
 * <p>jcstress exits with 0 when nothing matches, and silently leaves out a race with more actors
 * than cores. So the layer compares what jcstress lists with the annotated classes, and what it
 * graded with what it listed.
 */
public final class RaceLayer implements Layer {
  /** As in the table. */
  public static final String NAME = "jcstress";

  /** {@code -Drace=WarmLookup} runs only the races whose names begin with that. */
  private static final String CHOSEN = System.getProperty("race", "");

  private static final String MAPPED = "mapped";
  private static final String HEAP = "heap";

  /** What a race gets of its time once more, if it did not show what it has to. */
  private static final int LONGER = 10;

  /** Ends the name of the folder of the wrong versions' results. */
  public static final String WRONG = "-wrong";

  private final RunSettings settings;
  private final Path folder;
  private final RaceResults results;
  private final Map<String, List<RaceGrade>> grades = new ConcurrentSkipListMap<>();
  private final NavigableMap<String, Class<?>> annotated = new TreeMap<>();
  private String classPath = "";

  /** The layer. */
  public RaceLayer(RunSettings settings) {
    this.settings = settings;
    this.folder = settings.output().resolve(NAME);
    this.results = new RaceResults(NAME, settings.replay() + " -DskipTests -Donly=" + NAME);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Where the words were is the name of a folder in that of the layer. */
  @Override
  public Map<String, List<RaceGrade>> races() {
    return new TreeMap<>(grades);
  }

  /**
   * Refuses a choice of races that there are none of.
   *
   * @throws IllegalArgumentException with the names that there are
   */
  public static void requireKnown(RunSettings settings) throws IOException {
    Set<String> known = RaceScan.annotated(settings.compiled("stress-tests", "classes")).keySet();
    if (!CHOSEN.isEmpty() && known.stream().noneMatch(RaceLayer::isChosen)) {
      String names = String.join(", ", known).replace(RaceProcess.PACKAGE, "");
      throw new IllegalArgumentException("race=" + CHOSEN + ", there are " + names);
    }
  }

  private static boolean isChosen(String race) {
    return race.startsWith(RaceProcess.PACKAGE + CHOSEN);
  }

  @Override
  public NavigableSet<String> plan() throws IOException {
    annotated.putAll(
        RaceScan.annotated(
            settings.compiled("stress-tests", "classes"),
            settings.compiled("stress-tests", "test-classes")));
    NavigableSet<String> races = new TreeSet<>(annotated.keySet());
    int all = races.size();
    if (!CHOSEN.isEmpty()) {
      races.removeIf(race -> !isChosen(race));
      results.leftOut(all - races.size() + " of " + all + " races, by -Drace");
    } else if (settings.budget() == Budget.SMOKE) {
      Set<Class<?>> drawn = half(settings.seed());
      annotated.forEach(
          (race, type) -> {
            if (!drawn.contains(type.getNestHost())) {
              races.remove(race);
            }
          });
      results.limit(races.size() + " of " + all + ", chosen by the seed");
    }
    return races;
  }

  /** A race is drawn together with its wrong versions, which are its members. */
  private Set<Class<?>> half(long seed) {
    List<Class<?>> races =
        new ArrayList<>(annotated.values().stream().map(Class::getNestHost).distinct().toList());
    Collections.shuffle(races, new Random(seed));
    return Set.copyOf(races.subList(0, (races.size() + 1) / 2));
  }

  @Override
  public LayerResult run(NavigableSet<String> share, Progress progress)
      throws IOException, InterruptedException {
    classPath = JarClassPath.of(System.getProperty("java.class.path"), folder.resolve("jars"));
    NavigableSet<String> listed = new TreeSet<>(new RaceProcess(folder, classPath, false).list());
    results.requireAnnotated(listed, annotated.keySet());
    annotated.keySet().retainAll(share);
    listed.retainAll(share);
    NavigableSet<String> races = results.plan(listed, annotated, Cores.usable());
    boolean all = settings.budget() != Budget.SMOKE;
    List<String> words = all ? List.of(MAPPED, HEAP) : List.of(MAPPED);
    List<Trial> onMutants = all ? trials(races) : List.of();
    int planned = races.size() * words.size() + onMutants.size();
    progress.plan(planned);
    for (String where : races.isEmpty() ? List.<String>of() : words) {
      runAll(races, where, progress);
    }
    for (Trial each : onMutants) {
      runOnMutant(each.race(), each.mutant(), progress);
    }
    return results.result(planned, progress.seconds());
  }

  /** A race that has to show a forbidden outcome on a mutant. */
  private record Trial(String race, String mutant) {}

  private List<Trial> trials(NavigableSet<String> races) {
    List<Trial> trials = new ArrayList<>();
    annotated.forEach(
        (race, type) -> {
          WrongVersions wrong = type.getAnnotation(WrongVersions.class);
          if (wrong != null && races.contains(race)) {
            Stream.of(wrong.mutants()).forEach(mutant -> trials.add(new Trial(race, mutant)));
          }
        });
    return trials;
  }

  /**
   * Wrong versions run by themselves, without the library's assertions: these would stop them
   * before they show what production would do.
   */
  private void runAll(NavigableSet<String> races, String words, Progress progress)
      throws IOException, InterruptedException {
    NavigableSet<String> wrong = new TreeSet<>(races);
    wrong.removeIf(race -> !annotated.containsKey(race) || !annotated.get(race).isMemberClass());
    NavigableSet<String> shipped = new TreeSet<>(races);
    shipped.removeAll(wrong);
    List<RaceGrade> found = new ArrayList<>();
    found.addAll(runAll(shipped, words, words, progress));
    found.addAll(runAll(wrong, words, words + WRONG, progress));
    grades.put(words, found);
  }

  private List<RaceGrade> runAll(
      NavigableSet<String> races, String words, String place, Progress progress)
      throws IOException, InterruptedException {
    if (races.isEmpty()) {
      return List.of();
    }
    RaceProcess process = new RaceProcess(folder.resolve(place), classPath, !place.endsWith(WRONG));
    progress.event(races.size() + " races on " + words + " words, " + millis() + " ms each");
    ForkCount forks = new ForkCount(progress, races.size());
    int exit = process.run(races, words, millis(), forks::read);
    List<RaceGrade> found = process.grades();
    List<String> again =
        found.stream().filter(it -> !it.unseen().isEmpty()).map(RaceGrade::name).toList();
    if (!again.isEmpty()) {
      progress.event(again + " did not show the mistake: again, " + LONGER + " times as long");
      exit = Math.max(exit, process.run(again, words, LONGER * millis(), line -> {}));
      found = process.grades();
    }
    results.graded(races, words, exit, found);
    forks.end();
    return found;
  }

  private void runOnMutant(String race, String mutant, Progress progress)
      throws IOException, InterruptedException {
    progress.now(race + " on the mutant " + mutant);
    Path place = folder.resolve(mutant);
    String mutated = library(mutant, place) + File.pathSeparator;
    String path = JarClassPath.of(mutated + classPath, place.resolve("jars"));
    RaceProcess process = new RaceProcess(place, path, false);
    int unused = process.run(List.of(race), MAPPED, millis(), line -> {});
    if (process.grades().stream().allMatch(it -> it.passed() && it.forbidden() == 0)) {
      unused = process.run(List.of(race), MAPPED, LONGER * millis(), line -> {});
    }
    results.gradedOnMutant(race, mutant, process.grades());
    progress.done();
  }

  private String library(String mutant, Path place) throws IOException {
    try {
      return ChangedLibrary.mutated(settings, mutant, place).toString();
    } catch (MutantException e) {
      throw new IOException("mutant=" + mutant, e);
    }
  }

  private int millis() {
    return switch (settings.budget()) {
      case SMOKE -> 150;
      case DEFAULT -> 700;
      case TOUGH -> 10_000;
    };
  }
}
