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
   * @return failed if some layer saw the mutant, else partial, as some layers are left out
   */
  static RunVerdict run(RunSettings settings, String mutant) throws IOException {
    String difference = difference(settings, mutant);
    if (SHOW.equals("true")) {
      System.out.println(difference);
      return RunVerdict.PASSED;
    }
    Path folder = settings.root().resolve("stress-tests/target/mutant").resolve(mutant);
    try {
      int exit = start(mutant, settings, MutatedLibrary.compile(settings, mutant, folder));
      return exit == RunVerdict.PASSED.exitCode() || exit == RunVerdict.PARTIAL.exitCode()
          ? RunVerdict.PARTIAL
          : RunVerdict.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String difference(RunSettings settings, String mutant) throws IOException {
    try {
      return MutatedLibrary.show(settings, mutant);
    } catch (MutantException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
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
