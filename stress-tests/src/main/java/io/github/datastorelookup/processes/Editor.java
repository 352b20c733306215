package io.github.datastorelookup.processes;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.history.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Saves the comment of this thread's datastore, and creates and destroys another one. */
final class Editor {
  private static final Duration REMOVE_TIMEOUT = Duration.ofMillis(200);

  private final WorkerContext context;
  private final String commented;
  private final String scratch;
  private long number;
  private boolean created;

  Editor(WorkerContext context, String commented) {
    this.context = context;
    this.commented = commented;
    this.scratch = Installation.scratch(context.worker(), context.thread());
    this.number = context.firstNumber();
  }

  void comment() {
    long next = ++number;
    String comment = Installation.numbered("Saved by " + context.process() + " ", next);
    context.run(
        Event.SAVE_START,
        Event.SAVE_OK,
        context.log().newId(),
        commented,
        next,
        () -> context.registry().comment(commented, comment));
  }

  void createOrRemove() {
    long id = context.log().newId();
    boolean done =
        created
            ? context.run(Event.REMOVE_START, Event.REMOVE_OK, id, scratch, "", () -> destroy(id))
            : context.run(
                Event.CREATE_START,
                Event.CREATE_OK,
                id,
                scratch,
                "",
                () -> context.registry().create(section()));
    // A destroy is refused while others use the datastore, which then stays in mode delete. Both
    // calls are refused if an earlier life or an interrupt left another state: try either one.
    created = done ? !created : context.chance(50);
  }

  private void destroy(long id) {
    context
        .registry()
        .destroy(
            scratch,
            REMOVE_TIMEOUT,
            () -> context.act().run(id, scratch, new Disk(path()), Disk::remove));
  }

  private DatastoreSection section() {
    return DatastoreSection.of(scratch, Map.of("path", path().toString()));
  }

  private Path path() {
    return context.site().data().resolve("scratch").resolve(scratch);
  }
}
