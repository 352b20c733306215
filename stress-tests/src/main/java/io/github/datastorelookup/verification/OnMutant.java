package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.MutantException;
import io.github.datastorelookup.verification.mutants.MutatedLibrary;
import io.github.datastorelookup.verification.tests.TestLayerKind;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs all layers but that of the mutants on a library with one mutant, to show which see it. */
final class OnMutant {
  /** {@code -Dshow} prints what the mutant changes, and runs nothing. */
  private static final String SHOW = System.getProperty("show", "");

  private OnMutant() {}

  /**
   * Runs the layers in a JVM of its own, which prints as usual.
   *
   * @return whether the run passed; it never does, as layers are left out: the table names the
   *     layers that saw the mutant
   */
  static boolean run(RunSettings settings, String mutant) throws IOException {
    if (SHOW.equals("true")) {
      return show(settings, mutant);
    }
    Path folder = settings.root().resolve("stress-tests/target/mutant").resolve(mutant);
    try {
      return start(mutant, settings, MutatedLibrary.compile(settings, mutant, folder)) == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static boolean show(RunSettings settings, String mutant) throws IOException {
    try {
      System.out.println(MutatedLibrary.show(settings, mutant));
      return true;
    } catch (MutantException e) {
      System.out.println(e.getMessage());
      return false;
    }
  }

  private static int start(String mutant, RunSettings settings, Path classes)
      throws IOException, InterruptedException {
    String only = System.getProperty("only", "");
    String layers =
        Stream.concat(
                Stream.of(TestLayerKind.values())
                    .filter(kind -> kind != TestLayerKind.RUNNER) // it tests the runner
                    .map(TestLayerKind::layerName),
                Stream.of("jcstress"))
            .collect(Collectors.joining(","));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-Dmutant=") && !argument.startsWith("-Donly="))
        .forEach(command::add);
    command.add("-Donly=" + (only.isEmpty() ? layers : only));
    command.add("-D" + RunSettings.MUTANT + "=" + mutant);
    command.add("-classpath");
    command.add(classes + File.pathSeparator + System.getProperty("java.class.path"));
    command.add(Verification.class.getName());
    command.add(settings.root().toString());
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
