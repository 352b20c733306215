package io.github.datastorelookup.verification.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workflows, also those in the docs, and all commands of Maven in the docs name what there is. */
@Tag("runner")
class WorkflowTest {
  private static final Pattern IN_DOCS = Pattern.compile("(?s)```yaml\n(.*?)```");

  /** In backticks, in a block of its own, or in the cell of a table. */
  private static final Pattern COMMAND = Pattern.compile("(?m)(?:`|^)(mvn [^`\n]*)");

  private static final String GOOD =
      """
      on:
        schedule:
          - cron: "1 2 * * *"
        workflow_dispatch:
          inputs:
            budget: { type: string }
      permissions: {}
      env:
        SEED: ${{ github.run_number }}
        MAVEN: mvn -B
      jobs:
        test:
          if: github.event.schedule == '1 2 * * *' || inputs.budget == 'smoke'
          strategy:
            matrix:
              java: [17, 25]
          runs-on: ubuntu-24.04
          timeout-minutes: 60
          steps:
            - uses: actions/checkout@v4
            - run: $MAVEN verify -Pverification -Dseed=$SEED -Dbudget=smoke
              id: run
            - uses: actions/upload-artifact@v4
              if: always() && steps.run.outcome == 'failure'
              with:
                name: java-${{ matrix.java }}
        after:
          needs: test
          if: needs.test.result != 'skipped'
          runs-on: ubuntu-24.04
          timeout-minutes: 5
          steps:
            - run: mvn -B verify
      """;

  private final MavenCommands maven;

  WorkflowTest() throws IOException {
    maven = MavenCommands.of(Repository.root());
  }

  @Test
  void workflows_ofThisRepository_haveNoProblem() throws IOException {
    List<Path> files = files(".github/workflows", ".yml");
    assertTrue(!files.isEmpty(), "there is no workflow");
    for (Path file : files) {
      assertEquals(Set.of(), Workflow.problems(Files.readString(file), maven), file.toString());
    }
  }

  @Test
  void workflows_inTheDocs_haveNoProblem() throws IOException {
    int found = 0;
    for (Path page : pages()) {
      for (MatchResult yaml : IN_DOCS.matcher(Files.readString(page)).results().toList()) {
        assertEquals(Set.of(), Workflow.problems(yaml.group(1), maven), page.toString());
        found++;
      }
    }
    assertTrue(found >= 1, "there is none");
  }

  @Test
  void commands_inTheDocs_nameWhatThereIs() throws IOException {
    List<String> problems = new ArrayList<>();
    int commands = 0;
    for (Path page : pages()) {
      for (MatchResult found : COMMAND.matcher(Files.readString(page)).results().toList()) {
        commands++;
        maven
            .problems(found.group(1))
            .forEach(each -> problems.add(page + ": " + each + " in " + found.group(1)));
      }
    }
    assertEquals("", String.join("\n", problems));
    assertTrue(commands >= 20, commands + " commands");
  }

  @Test
  void goodWorkflow_hasNoProblem() {
    assertEquals(Set.of(), Workflow.problems(GOOD, maven));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '"',
      value = {
        "permissions: {} ! permission: {} ! workflow: has no permissions;workflow: unknown key permission",
        "runs-on: ubuntu-24.04 ! run-on: x ! test: needs runs-on and timeout-minutes;test: unknown key run-on",
        "timeout-minutes: 60 ! timeout-minutes: 0 ! test: needs runs-on and timeout-minutes",
        "needs: test ! needs: other ! after: needs other, which is no job;after: there is no needs.test.result",
        "checkout@v4 ! checkout@main ! test step 1: actions/checkout@main is not pinned to a version",
        "- uses: actions/checkout@v4 ! - use: x ! test step 1: either uses or run;test step 1: unknown key use",
        "-Pverification ! -Pverify ! test step 2: no profile verify",
        "-Dbudget=smoke ! -Dbugdet=smoke ! test step 2: no property bugdet",
        "$MAVEN verify ! $MAVEN verfy ! test step 2: no goal verfy",
        "-Dseed=$SEED ! -Dseed=$SED ! test step 2: nothing sets $SED",
        "matrix.java }} ! matrix.jdk }} ! test step 3: there is no matrix.jdk;test step 3: two jobs of the matrix upload java-${{ matrix.jdk }}",
        "inputs.budget == ! inputs.effort == ! test: there is no inputs.effort",
        "steps.run. ! steps.ran. ! test step 3: there is no steps.ran.outcome",
        "github.run_number ! github.runnumber ! workflow: there is no github.runnumber",
        "schedule == '1 2 ! schedule == '3 4 ! test: no schedule is 3 4 * * *",
        "MAVEN: mvn ! SEED: mvn ! no YAML: Duplicate field 'SEED'",
      })
  void problem_isNamedWithItsPlace(String good, String bad, String problems) {
    assertTrue(GOOD.contains(good), good);
    String yaml = GOOD.replaceFirst(Pattern.quote(good), bad.replace("$", "\\$"));
    assertEquals(Set.of(problems.split(";")), Set.copyOf(Workflow.problems(yaml, maven)), yaml);
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(files("docs", ".md"));
    pages.addAll(files("stress-tests/mutants", ".md"));
    pages.addAll(files(".github", ".md"));
    pages.add(Repository.root().resolve("README.md"));
    return pages;
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Repository.root().resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
