package io.github.datastorelookup.specimens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.memory.MemoryProcess;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When each specimen reads the config file, and what it misses. */
@Tag("runner")
final class SpecimenCachesTest {
  private final Machine machine = new Machine();

  private static @Nullable String comment(Specimen specimen) {
    try (DatastoreHandle handle = specimen.lookup("bbb", Operation.READ)) {
      return handle.section().property("comment");
    }
  }

  /** How often a process reads the file for one lookup and drop more. */
  private int readsOfTheSecondLookup(SpecimenKind kind) {
    MemoryProcess process = machine.process();
    Specimen specimen = machine.specimen(kind, process);
    specimen.lookup("aaa", Operation.READ).close();
    int before = process.configReads();
    specimen.lookup("aaa", Operation.READ).close();
    return process.configReads() - before;
  }

  @Test
  void lookupAndDrop_withoutAnEdit_readTheFileAsOftenAsDescribed() {
    assertEquals(2, readsOfTheSecondLookup(SpecimenKind.BEFORE_6049));
    assertEquals(1, readsOfTheSecondLookup(SpecimenKind.SERIES_V2));
    assertEquals(0, readsOfTheSecondLookup(SpecimenKind.SERIES_V2_REVIEWED));
    assertEquals(0, readsOfTheSecondLookup(SpecimenKind.PBS_4_2_3));
  }

  /** What a second process answers after an edit by hand: at once, and 60 seconds later. */
  private String seenAtOnceAndLater(SpecimenKind kind) {
    Specimen specimen = machine.specimen(kind);
    assertEquals("first", comment(specimen));
    machine.editByHand("first", "second");
    String atOnce = comment(specimen);
    machine.wallClock.addAndGet(60);
    return atOnce + " " + comment(specimen);
  }

  @Test
  void editByHand_before6049_isSeenAtOnce() {
    assertEquals("second second", seenAtOnceAndLater(SpecimenKind.BEFORE_6049));
  }

  @Test
  void editByHand_seriesV2_isNeverSeen() {
    assertEquals("first first", seenAtOnceAndLater(SpecimenKind.SERIES_V2));
  }

  @Test
  void editByHand_seriesV2Reviewed_isSeenAfterAMinute() {
    assertEquals("first second", seenAtOnceAndLater(SpecimenKind.SERIES_V2_REVIEWED));
  }

  @Test
  void editByHand_pbs423_isSeenAfterAMinute() {
    assertEquals("first second", seenAtOnceAndLater(SpecimenKind.PBS_4_2_3));
  }

  /** How often a drop and the lookup after it read the file, when somebody saved before. */
  private int readsOfADropAndALookupAfterASave(SpecimenKind kind) {
    MemoryProcess process = machine.process();
    Specimen specimen = machine.specimen(kind, process);
    DatastoreHandle handle = specimen.lookup("aaa", Operation.READ);
    machine.specimen(kind).save(config -> config);
    int before = process.configReads();
    handle.close();
    specimen.lookup("aaa", Operation.READ).close();
    return process.configReads() - before;
  }

  @Test
  void dropAfterASave_storesOnlyInTheReviewedSeries() {
    assertEquals(1, readsOfADropAndALookupAfterASave(SpecimenKind.SERIES_V2_REVIEWED));
    assertEquals(2, readsOfADropAndALookupAfterASave(SpecimenKind.PBS_4_2_3));
  }

  @Test
  void save_isSeenAtOnce_byAll() {
    for (SpecimenKind kind : SpecimenKind.values()) {
      Specimen specimen = machine.specimen(kind);
      String before = comment(specimen);
      machine
          .specimen(kind)
          .save(
              config ->
                  config.with(
                      Objects.requireNonNull(config.find("bbb"))
                          .withProperty("comment", before + "+")));
      assertEquals(before + "+", comment(specimen), kind.id());
    }
  }

  /** How often two processes bump, and read for lookups, while they look up in turn. */
  private String bumpsAndReadsWithoutEdits(SpecimenKind kind) {
    MemoryProcess one = machine.process();
    Specimen first = machine.specimen(kind, one);
    Specimen second = machine.specimen(kind);
    long bumps = machine.host.generation().get();
    int reads = one.configReads();
    for (int i = 0; i < 5; i++) {
      DatastoreHandle unused = first.lookup("aaa", Operation.READ);
      DatastoreHandle unusedToo = second.lookup("aaa", Operation.READ);
    }
    bumps = machine.host.generation().get() - bumps;
    return bumps + " bumps, " + (one.configReads() - reads) + " reads";
  }

  @Test
  void fiveLookupsOfTwoProcesses_invalidateEachOther_inTheReviewedSeries() {
    assertEquals("0 bumps, 5 reads", bumpsAndReadsWithoutEdits(SpecimenKind.BEFORE_6049));
    assertEquals("0 bumps, 1 reads", bumpsAndReadsWithoutEdits(SpecimenKind.SERIES_V2));
    assertEquals("10 bumps, 5 reads", bumpsAndReadsWithoutEdits(SpecimenKind.SERIES_V2_REVIEWED));
    assertEquals("0 bumps, 1 reads", bumpsAndReadsWithoutEdits(SpecimenKind.PBS_4_2_3));
  }

  /** Right in PBS: the process that notices an edit tells the others. */
  @Test
  void editByHand_noticedByOneProcess_isSeenByTheOthersInPbs423() {
    Specimen one = machine.specimen(SpecimenKind.PBS_4_2_3);
    assertEquals("first", comment(one));
    machine.wallClock.addAndGet(30);
    Specimen two = machine.specimen(SpecimenKind.PBS_4_2_3);
    assertEquals("first", comment(two));
    machine.editByHand("first", "second");
    machine.wallClock.addAndGet(30);
    assertEquals("second", comment(one), "its copy is 60 s old");
    assertEquals("second", comment(two), "its copy is 30 s old");
  }

  /** Whether the last drop closes what has no section any more. */
  private int openAfterRemovalAndDrop(SpecimenKind kind) {
    Specimen specimen = machine.specimen(kind);
    int before = machine.open();
    DatastoreHandle handle = specimen.lookup("aaa", Operation.READ);
    specimen.save(config -> config.without("aaa"));
    handle.close();
    machine.host.writeConfig(Machine.CONFIG.getBytes(UTF_8));
    return machine.open() - before;
  }

  @Test
  void lastDrop_ofWhatHasNoSection_closesItOnlyInPbs423() {
    assertEquals(1, openAfterRemovalAndDrop(SpecimenKind.BEFORE_6049));
    assertEquals(1, openAfterRemovalAndDrop(SpecimenKind.SERIES_V2));
    assertEquals(1, openAfterRemovalAndDrop(SpecimenKind.SERIES_V2_REVIEWED));
    assertEquals(0, openAfterRemovalAndDrop(SpecimenKind.PBS_4_2_3));
  }
}
