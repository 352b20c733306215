package io.github.datastorelookup.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Texts with what Proxmox Backup Server 4.2.3 was observed to make of them, and for some of them
 * what this library makes of them instead.
 */
final class Vectors {
  static final String FILE = "/etc/proxmox-backup/datastore.cfg";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Read once: a runner that starts each case by itself would read all for each. */
  private static final List<Vector> ALL =
      new String(resource("datastore-cfg.jsonl"), StandardCharsets.UTF_8)
          .lines()
          .map(Vectors::vector)
          .toList();

  private Vectors() {}

  /**
   * One text, what was observed of it, and what this library makes of it.
   *
   * @param deviation the kind of the difference between the two, or null
   */
  record Vector(
      String id, String text, JsonNode observed, JsonNode due, @Nullable String deviation) {
    boolean isRead() {
      return due.has("ok");
    }

    DatastoreConfig parse() throws ConfigParseException {
      return DatastoreConfig.parse(FILE, text.getBytes(StandardCharsets.UTF_8), null);
    }

    @Override
    public String toString() {
      return id;
    }
  }

  static List<Vector> all() {
    return ALL;
  }

  /** What the page beside the vectors says of their fields and of the kinds of deviations. */
  static String page() {
    return new String(resource("README.md"), StandardCharsets.UTF_8);
  }

  private static Vector vector(String line) {
    JsonNode json = json(line.getBytes(StandardCharsets.UTF_8));
    JsonNode deviation = json.get("deviation");
    return new Vector(
        json.get("id").asText(),
        json.get("cfg").asText(),
        json,
        json.has("ours") ? json.get("ours") : json,
        deviation == null ? null : deviation.asText());
  }

  private static JsonNode json(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
