package io.github.datastorelookup.verification.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Repository;
import io.github.datastorelookup.verification.races.RaceScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each race says in its class comment what it is about, and how it is run alone. */
@Tag("runner")
class RaceSourceTest {
  private static final String COMMAND =
      "mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=";
  private static final String SOURCE =
      """
      /**
       * Does it hold?
       *
       * <p>CLAIM
       *
       * <pre>
       * COMMAND
       * </pre>
       */
      @JCStressTest
      public class A {
        /** Nested ones have no claim of their own. */
      }
      """;

  private final Path madeUp;

  RaceSourceTest(@TempDir Path madeUp) {
    this.madeUp = madeUp;
  }

  @Test
  void races_ofThisRepository_haveTheirClaimsAndCommands() throws IOException {
    List<RaceSource> races = RaceSource.all(Repository.root());
    assertEquals(List.of(), races.stream().flatMap(race -> race.faults().stream()).toList());
  }

  @Test
  void races_ofThisRepository_areThoseThatWereCompiled() throws IOException {
    Path classes = Repository.root().resolve("stress-tests/target/classes");
    List<String> compiled =
        RaceScan.annotated(classes).values().stream()
            .filter(type -> !type.isMemberClass())
            .map(Class::getSimpleName)
            .toList();
    assertTrue(compiled.size() >= 29, compiled.toString());
    assertEquals(
        compiled, RaceSource.all(Repository.root()).stream().map(RaceSource::name).toList());
  }

  @Test
  void claim_andItsOwnCommand_areNoFault() throws IOException {
    RaceSource race = madeUp("Clauses W3, W4; INV-3, INV-13.", COMMAND + "A");
    assertEquals(List.of("W3", "W4", "INV-3", "INV-13"), race.ids());
    assertEquals(List.of(), race.faults());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Claim (INV-3): it does (W3).",
        "Clauses W3 to W5; INV-3.",
        "Clauses W3, W4.",
        "Clauses W3; INV-3.",
        "Clause W3, W4; INV-3.",
        "INV-3.",
        "It is about: Clause W3; INV-3."
      })
  void claim_inAnotherForm_isAFault(String claim) throws IOException {
    RaceSource race = madeUp(claim, COMMAND + "A");
    assertEquals(List.of(), race.ids());
    assertEquals(List.of("A has 0 paragraphs such as: Clauses W3, W4; INV-3."), race.faults());
  }

  @Test
  void claims_twoOfThem_areAFault() throws IOException {
    RaceSource race = madeUp("Clause W3; INV-3.\n *\n * <p>Clause W4; INV-3.", COMMAND + "A");
    assertEquals(List.of("A has 2 paragraphs such as: Clauses W3, W4; INV-3."), race.faults());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        COMMAND + "B",
        COMMAND,
        "Run it: " + COMMAND + "A",
        "{@code " + COMMAND + "A}",
        COMMAND + "A\n * " + COMMAND + "A",
        "java -cp <test classpath> org.openjdk.jcstress.Main -t A"
      })
  void command_thatCannotBePastedOrIsOfAnother_isAFault(String command) throws IOException {
    List<String> faults = madeUp("Clause W3; INV-3.", command).faults();
    assertEquals(1, faults.size(), faults.toString());
    assertTrue(faults.get(0).endsWith("instead of the command: " + COMMAND + "A"), faults.get(0));
  }

  @Test
  void race_withoutAComment_lacksBoth() throws IOException {
    assertEquals(2, race("@JCStressTest\npublic class A {}\n").faults().size());
  }

  private RaceSource madeUp(String claim, String command) throws IOException {
    return race(SOURCE.replace("CLAIM", claim).replace("COMMAND", command));
  }

  private RaceSource race(String source) throws IOException {
    Path folder = madeUp.resolve(RaceSource.FOLDER);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("A.java"), source);
    Files.writeString(folder.resolve("Helper.java"), "/** Has {@link JCStressTest} in it. */\n");
    List<RaceSource> races = RaceSource.all(madeUp);
    assertEquals(1, races.size(), races.toString());
    return races.get(0);
  }
}
