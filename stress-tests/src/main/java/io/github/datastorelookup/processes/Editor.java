package io.github.datastorelookup.processes;

import io.github.datastorelookup.Drain;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.evidence.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Saves the comment of this thread's datastore, and creates and destroys another one. */
final class Editor {
  private static final Duration REMOVE_TIMEOUT = Duration.ofMillis(100);

  private final Desk desk;
  private final String commented;
  private final String scratch;
  private long number;
  private boolean created;

  Editor(Desk desk, String commented) {
    this.desk = desk;
    this.commented = commented;
    this.scratch = Installation.scratch(desk.worker(), desk.thread());
    this.number = desk.firstNumber();
  }

  void comment() {
    long next = ++number;
    String comment = Installation.numbered("Saved by " + desk.process() + " ", next);
    desk.run(
        Event.SAVE_START,
        Event.SAVE_OK,
        desk.log().newId(),
        commented,
        next,
        () -> desk.registry().update(commented, Map.of("comment", comment), List.of()));
  }

  void createOrRemove() {
    long id = desk.log().newId();
    boolean done =
        created
            ? desk.run(Event.REMOVE_START, Event.REMOVE_OK, id, scratch, "", () -> destroy(id))
            : desk.run(
                Event.CREATE_START,
                Event.CREATE_OK,
                id,
                scratch,
                "",
                () -> desk.registry().create(section()));
    // Refused while others use it (it stays in mode delete then), or when it is not as we think,
    // because an earlier life left it, or an interrupt: then the one and the other is tried.
    created = done ? !created : desk.chance(50);
  }

  private void destroy(long id) {
    desk.registry()
        .destroy(
            scratch,
            Drain.atMost(REMOVE_TIMEOUT),
            () -> desk.act().run(id, scratch, new Disk(path()), Disk::remove));
  }

  private DatastoreSection section() {
    return DatastoreSection.of(scratch, Map.of("path", path().toString()));
  }

  private Path path() {
    return desk.site().data().resolve("scratch").resolve(scratch);
  }
}
