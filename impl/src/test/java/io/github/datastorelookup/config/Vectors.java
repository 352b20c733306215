package io.github.datastorelookup.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Texts with what Proxmox Backup Server 4.2.3 was observed to make of them, and the list of those
 * of which this library makes something else on purpose.
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

  /** One text and its observation, see {@code datastore-cfg.jsonl}. */
  record Vector(String id, String text, JsonNode json) {
    boolean isRead() {
      return json.has("ok");
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

  /** From the id of a vector to the kind of its deviation. */
  static Map<String, String> deviations() {
    Map<String, String> kinds = new TreeMap<>();
    json(resource("datastore-cfg-deviations.json"))
        .properties()
        .forEach(
            kind -> {
              if (kind.getValue().get("reason").asText().isBlank()) {
                throw new IllegalStateException("no reason: " + kind.getKey());
              }
              kind.getValue().get("ids").forEach(id -> kinds.put(id.asText(), kind.getKey()));
            });
    return kinds;
  }

  private static Vector vector(String line) {
    JsonNode json = json(line.getBytes(StandardCharsets.UTF_8));
    return new Vector(json.get("id").asText(), json.get("cfg").asText(), json);
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
