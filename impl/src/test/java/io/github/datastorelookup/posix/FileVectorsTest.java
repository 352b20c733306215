package io.github.datastorelookup.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.Generations.Generation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the library reads in ledgers, pages and names is what {@code vectors/files.jsonl} says. */
@Tag("INV-13")
final class FileVectorsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int VECTORS = 41;

  private final Path directory;

  FileVectorsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @TestFactory
  Stream<DynamicTest> read_ofAVector_saysWhatItSays() throws IOException {
    assumeTrue(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN,
        "declared: the vectors have the byte order of other machines");
    List<JsonNode> vectors;
    try (InputStream in = FileVectorsTest.class.getResourceAsStream("/vectors/files.jsonl")) {
      vectors = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(in).readAll();
    }
    assertEquals(VECTORS, vectors.size());
    return vectors.stream()
        .map(each -> DynamicTest.dynamicTest(each.get("id").asText(), () -> check(each)));
  }

  private void check(JsonNode vector) throws IOException {
    switch (vector.get("file").asText()) {
      case "ledger" -> checkLedger(vector, write(vector, "4711-0-0-0123456789abcdef.ops"));
      case "page" -> checkPage(vector, write(vector, "config-versions"));
      default -> checkName(vector);
    }
  }

  private Path write(JsonNode vector, String name) throws IOException {
    byte[] bytes = new byte[vector.get("size").asInt()];
    for (Map.Entry<String, JsonNode> part : vector.get("bytes").properties()) {
      byte[] found = HexFormat.of().parseHex(part.getValue().asText());
      System.arraycopy(found, 0, bytes, Integer.parseInt(part.getKey()), found.length);
    }
    Path run = Files.createDirectory(directory.resolve(vector.get("id").asText()));
    return Files.write(run.resolve(name), bytes);
  }

  /** Both readers: that of the deciders, which follows the file, and that of the inspection. */
  private static void checkLedger(JsonNode vector, Path path) throws IOException {
    JsonNode read = vector.get("read");
    if (read == null) {
      assertRefused(vector, () -> LedgerView.read(path));
      assertRefused(vector, () -> open(path).word("store1"));
      return;
    }
    Map<String, Long> words = new TreeMap<>();
    read.get("words").properties().forEach(e -> words.put(e.getKey(), e.getValue().asLong()));
    JsonNode page = read.get("page");
    FileIdentity identity =
        page.isNull() ? null : new FileIdentity(page.get(0).asLong(), page.get(1).asLong());
    LedgerView view = LedgerView.read(path);
    assertEquals(words, view.words());
    assertEquals(identity, view.generationPage());
    assertEquals(read.get("pid").asLong(), view.pid());
    ForeignLedgerFile followed = open(path);
    assertEquals(identity, followed.generationPage());
    for (Map.Entry<String, Long> word : words.entrySet()) {
      assertEquals(word.getValue(), followed.word(word.getKey()), word::getKey);
    }
    boolean ended = read.get("end").asInt() != 0;
    LedgerProbe probe = new LedgerProbe(new ProcessId(1, 0, 0), ProcessId.PROC);
    assertTrue(probe.isDead(path, followed.identity(), false), "nobody has it locked");
    assertEquals(ended, Files.readAllBytes(path)[LedgerLayout.END] != 0);
  }

  private static ForeignLedgerFile open(Path path) throws IOException {
    return ForeignLedgerFile.open(
        path, SharedFiles.identity(path), new OwnerThread(), (file, identity) -> false);
  }

  private static void checkPage(JsonNode vector, Path path) throws IOException {
    Path run = Objects.requireNonNull(path.getParent());
    PosixGenerations generations =
        new PosixGenerations(run, false, SharedAccess.defaults(), new OwnerThread());
    JsonNode read = vector.get("read");
    if (read == null) {
      assertRefused(vector, () -> PageView.read(path));
      assertRefused(vector, generations::open);
      return;
    }
    String due = read.get("generation").asText();
    assertEquals(due, Long.toUnsignedString(PageView.read(path).generation()));
    Generation found = Objects.requireNonNull(generations.open());
    assertEquals(due, Long.toUnsignedString(found.get()));
  }

  private static void checkName(JsonNode vector) {
    @Nullable ProcessId found = ProcessId.ofLedger(Path.of(vector.get("name").asText()));
    JsonNode due = vector.get("ledger");
    if (due.isNull()) {
      assertEquals(null, found);
    } else {
      assertEquals(
          new ProcessId(
              due.get("pid").asLong(), due.get("start").asLong(), due.get("namespace").asLong()),
          found);
    }
  }

  private static void assertRefused(JsonNode vector, Executable call) {
    String message = String.valueOf(assertThrows(IOException.class, call).getMessage());
    assertTrue(message.contains(": " + vector.get("refused").asText()), message);
  }
}
