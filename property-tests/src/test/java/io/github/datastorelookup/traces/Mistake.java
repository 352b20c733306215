package io.github.datastorelookup.traces;

import java.util.List;

/**
 * A mistake that somebody who ports the protocol could make.
 *
 * @param clause what it breaks
 * @param found the program whose traces have to show it
 * @param right a text that {@code replay.js} has exactly once
 * @param wrong what stands there instead
 */
record Mistake(String clause, String found, String right, String wrong) {
  private static final String W3_TO_W5 =
      """
        const before = yield add(p, slot, unit(operation)); // W3
        if (isOpen(before) && (yield* isOfNow(p, cached))) { // W4
          const instance = slot.instance; // W5
      """
          .stripTrailing();

  /** All that the tests try. */
  static List<Mistake> all() {
    return List.of(
        new Mistake(
            "W4: the generation is not read again",
            "warm-lookup-vs-offline",
            " && (yield* isOfNow(p, cached))) { // W4",
            ") {"),
        new Mistake(
            "W5: the instance is read before the count",
            "warm-lookup-vs-evict-and-reopen",
            W3_TO_W5,
            W3_TO_W5
                .replace("slot.instance; // W5", "early;")
                .replace("const before", "const early = slot.instance, before")),
        new Mistake(
            "S3: the first bump is left out", "first-lookup", "yield bump(p.m); // S3, first", ""),
        new Mistake(
            "S3: the second bump is left out",
            "first-lookup",
            "yield bump(p.m); // S3, second",
            ""),
        new Mistake(
            "L1: no bump for an edit by hand",
            "edit-by-hand-found-by-two",
            "{ generation = yield bump(p.m); } // edited by hand",
            "{ }"),
        new Mistake(
            "L5: the section stays the old one",
            "saves-of-two-processes",
            "if (old.section !== section) {",
            "if (false) {"),
        new Mistake(
            "R1: the mutex is given back before the count is undone",
            "moved-by-hand",
            "const before = yield add(p, slot, -unit(operation)); // L7, R1: inside the mutex",
            "slot.mutex.held = false; const before = yield add(p, slot, -unit(operation));"),
        new Mistake(
            "D1: an undo is no drop",
            "warm-lookup-vs-offline",
            "yield* drop(p, slot, operation);\n  return null;",
            "yield add(p, slot, -unit(operation));\n  return null;"),
        new Mistake(
            "E1: evicts without the mutex",
            "last-drop-vs-clear-and-lookup",
            "yield* lockMutex(p.m, slot.mutex, Infinity);",
            ""),
        new Mistake(
            "M3: acts without saving again",
            "destroy-vs-warm-lookup",
            "const wrong = yield* save(p, c => stillIn(c, name, mode)); // M3",
            "const wrong = null;"),
        new Mistake(
            "CLOSED is another bit", "first-lookup", "CLOSED = 1n << 61n", "CLOSED = 1n << 62n"),
        new Mistake(
            "L7: after L6 it leaves CLOSING",
            "open-fails-after-close",
            "if (old) { yield add(p, slot, CLOSED - CLOSING); } // L7",
            "if (old && !result) { yield add(p, slot, CLOSED - CLOSING); }"),
        new Mistake(
            "R1: after L6 it leaves CLOSING",
            "claim-fails-after-close",
            "if (old) { yield add(p, slot, CLOSED - CLOSING); } // L7",
            "if (old && result) { yield add(p, slot, CLOSED - CLOSING); }"),
        new Mistake(
            "L7: the claim is kept", "open-fails-after-close", "delete p.claims[identity];", ""),
        new Mistake(
            "L4: opens whatever file is there now",
            "open-fails-for-another-file",
            "if (p.m.lockFiles[path] !== identity || p.m.broken[path])",
            "if (p.m.broken[path])"),
        new Mistake(
            "no closed check between L2 and L3",
            "registry-closed-vs-first-lookup",
            "if (p.closed) { // between L2 and L3",
            "if (false) {"),
        new Mistake(
            "D1: no section, no eviction",
            "section-removed-by-hand",
            "return !section || CLEARING",
            "if (!section) { return false; } return CLEARING"),
        new Mistake(
            "M2: without the own sweep",
            "own-idle-files-vs-drain",
            "if (p.slots[name]) { yield* sweepOne(p, p.slots[name], null); }",
            ""),
        new Mistake(
            "a timeout keeps the mutex in front of the config lock",
            "config-lock-held",
            "mutex.held = false; // the next one waits for the file lock",
            ""),
        new Mistake(
            "T1: what cannot be read is empty",
            "refresh-vs-half-written-config",
            "const known = p.closed ? {sections: {}} : (yield* peek(p));",
            "let known = yield* peek(p); if (known.refused) { known = {sections: {}}; }"),
        new Mistake(
            "D2: the undo is no drop",
            "duplicate-vs-close",
            "yield* drop(p, source.slot, source.operation);",
            "yield add(p, source.slot, -unit(source.operation));"),
        new Mistake(
            "L1: the clock is read after the file",
            "time-passes-in-a-load",
            "text, generation, loadedAt};",
            "text, generation, loadedAt: p.m.clock};"),
        new Mistake(
            "S2: a path is checked before the lock only",
            "nested-paths",
            "c => (hasRoom(c, section) ? edited(c, name, section) : refused('EditRefused'))",
            "c => edited(c, name, section)"));
  }
}
