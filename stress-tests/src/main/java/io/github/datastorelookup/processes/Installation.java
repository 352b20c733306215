package io.github.datastorelookup.processes;

import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The {@code datastore.cfg} that the processes share, and what each does with its datastores. */
public final class Installation {
  /** Workers maintain these, and use them most. */
  public static final List<String> MAINTAINED =
      List.of("vm-hourly", "office", "nas-weekly", "s3-offsite");

  /** One thread changes the comment of each. */
  static final List<String> COMMENTED =
      List.of(
          "vm-hourly",
          "office",
          "nas-weekly",
          "ssd-fast",
          "s3-offsite",
          "usb-rotation-a",
          "archive-2019",
          "tape-staging");

  /** The parent keeps this one drained for as long as a quiet phase lasts. */
  public static final String DRAINED_LONG = "ssd-fast";

  /** The administrator makes manual edits of this one. */
  public static final String EDITED_BY_HAND = "lab";

  /** Its disk is broken: there is no directory at its path. */
  public static final String BROKEN = "dev_test.01";

  /** Its device is not plugged in. */
  static final String UNPLUGGED = "usb-rotation-a";

  private static final String SCRATCH = "scratch-";
  private static final String FILE = "datastore.cfg";

  private Installation() {}

  /** The file as it is, with paths of a real machine. */
  public static DatastoreConfig asDelivered() throws IOException, ConfigParseException {
    try (InputStream in = Installation.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new FileNotFoundException("resource=" + FILE);
      }
      return DatastoreConfig.parse(FILE, in.readAllBytes(), null);
    }
  }

  /** The same with every absolute path moved below this directory. */
  public static DatastoreConfig below(Path data) throws IOException, ConfigParseException {
    DatastoreConfig config = asDelivered();
    for (DatastoreSection section : config.sections()) {
      String path = section.absolutePath();
      if (!section.removable()) {
        config = config.with(section.withProperty("path", data + path));
      }
    }
    return config;
  }

  /** The modes that the file has from the beginning, and that no process changes. */
  public static Map<String, MaintenanceMode> standingModes(DatastoreConfig config) {
    Map<String, MaintenanceMode> modes = new TreeMap<>();
    for (DatastoreSection section : config.sections()) {
      if (section.maintenanceMode() != MaintenanceMode.NONE) {
        modes.put(section.name(), section.maintenanceMode());
      }
    }
    return modes;
  }

  /** The datastores that have to be granted once all maintenance is over. */
  static List<String> usable() throws IOException, ConfigParseException {
    return asDelivered().sections().stream()
        .filter(section -> section.maintenanceMode() == MaintenanceMode.NONE)
        .filter(section -> !section.removable())
        .map(DatastoreSection::name)
        .filter(name -> !name.equals(BROKEN))
        .toList();
  }

  /** The datastore that this thread creates and removes. */
  static String scratch(int worker, int thread) {
    return SCRATCH + worker + "-" + thread;
  }

  /** Whether some thread creates and removes this one. */
  static boolean isScratch(String name) {
    return name.startsWith(SCRATCH);
  }

  /** The comment with the number of the save that wrote it. */
  public static String numbered(String comment, long number) {
    int mark = comment.lastIndexOf('#');
    return (mark < 0 ? comment : comment.substring(0, mark)) + "#" + number;
  }

  /** The number of the save that wrote the section's comment; 0 for the one as delivered. */
  public static long number(DatastoreSection section) {
    String comment = section.property("comment");
    int mark = comment == null ? -1 : comment.lastIndexOf('#');
    return mark < 0 || comment == null ? 0 : Long.parseLong(comment.substring(mark + 1));
  }
}
