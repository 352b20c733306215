package io.github.datastorelookup.processes;

import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.HistoryLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * An administrator with an editor: reads the config, changes it, and renames a new file into place,
 * under no lock and without a bump.
 *
 * <p>A real editor takes no config lock, so an edit and a save at the same time lose one of the
 * two, and no check could tell that from a broken protocol. So manual edits have phases of their
 * own, in which no process saves; lookups, drops, counts, kills, and the wait of a drain go on. An
 * edit then has a sharp bound: one TTL later every lookup of every process shows its number.
 */
final class Administrator {
  private final Site site;
  private final HistoryLog log;
  private final GenerationWatch watch;
  private long number;
  private long tornId;

  Administrator(Site site, HistoryLog log, GenerationWatch watch) {
    this.site = site;
    this.log = log;
    this.watch = watch;
  }

  /** Edits a comment, and the mode: {@code NONE} for no maintenance. */
  void edit(MaintenanceMode mode) throws IOException, ConfigParseException {
    edit(log.newId(), mode, Files.readAllBytes(site.config()));
  }

  private void edit(long id, MaintenanceMode mode, byte[] text)
      throws IOException, ConfigParseException {
    String name = Installation.EDITED_BY_HAND;
    DatastoreConfig config = DatastoreConfig.parse("datastore.cfg", text, null);
    long next = ++number;
    DatastoreSection edited =
        Objects.requireNonNull(config.find(name), name)
            .withMaintenance(mode, mode == MaintenanceMode.NONE ? null : "by hand")
            .withProperty("comment", Installation.numbered("Edited by hand ", next));
    watch.allowOneMore();
    log.write(0, Event.EDIT_START, id, name, next);
    replace(config.with(edited).format());
    log.write(0, Event.EDIT_OK, id, name, next);
  }

  /**
   * Leaves a file that does not parse.
   *
   * @return what makes it whole again, with another number
   */
  Repair tear() throws IOException {
    byte[] sound = Files.readAllBytes(site.config());
    byte[] torn = new byte[sound.length + 1];
    System.arraycopy(sound, 0, torn, 0, sound.length);
    torn[sound.length] = 'x'; // neither a section nor a property
    tornId = log.newId();
    log.write(0, Event.TORN, tornId, Installation.EDITED_BY_HAND, "");
    replace(torn);
    return () -> edit(tornId, MaintenanceMode.NONE, sound);
  }

  /** Ends what {@link #tear} began. */
  @FunctionalInterface
  interface Repair {
    void run() throws IOException, ConfigParseException;
  }

  /** The number of the last edit. */
  long lastNumber() {
    return number;
  }

  private void replace(byte[] text) throws IOException {
    Path temp = site.config().resolveSibling("datastore.cfg~");
    Files.write(temp, text);
    Files.move(temp, site.config(), StandardCopyOption.ATOMIC_MOVE);
  }
}
