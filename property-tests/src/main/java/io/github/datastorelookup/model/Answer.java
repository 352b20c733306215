package io.github.datastorelookup.model;

/**
 * The answer of a command.
 *
 * @param outcome {@code done}, {@code granted}, {@code nothing} or the name of a refusal
 * @param detail the section that granted, the counts, the config, or empty
 */
public record Answer(String outcome, String detail) {
  /** The command was done. */
  public static final Answer DONE = new Answer("done", "");

  /** There was nothing to do. */
  public static final Answer NOTHING = new Answer("nothing", "");

  /** A refusal: the simple name of the exception. */
  public static Answer refused(String type) {
    return new Answer(type, "");
  }

  /** A grant by the section with this comment at this path. */
  public static Answer granted(String comment, String path) {
    return new Answer("granted", comment + "@" + path);
  }

  /** The config, as a process sees it. */
  public static Answer config(ModelConfig seen) {
    return new Answer("done", new ModelConfig(seen.sections(), ModelConfig.Form.WHOLE).toString());
  }

  @Override
  public String toString() {
    return detail.isEmpty() ? outcome : outcome + " " + detail;
  }
}
