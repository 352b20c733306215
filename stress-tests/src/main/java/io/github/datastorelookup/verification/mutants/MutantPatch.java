package io.github.datastorelookup.verification.mutants;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Applies a unified diff to a copy of the library's sources. No fuzz: the lines of a hunk, context
 * included, must be in the file, and only once. Where they are does not matter, else each edit
 * above them would break every mutant of the file.
 */
final class MutantPatch {
  private static final String SOURCES = "impl/src/main/java/";

  private MutantPatch() {}

  /**
   * Applies it.
   *
   * @param diff one or more files of a unified diff, with paths from the root of the repository
   * @param sources the copy of {@code impl/src/main/java}
   * @throws MutantException when there is no hunk, or one does not apply
   */
  static void apply(List<String> diff, Path sources) throws MutantException, IOException {
    List<List<String>> files = split(diff);
    if (files.isEmpty()) {
      throw new MutantException("the patch has no diff");
    }
    for (List<String> file : files) {
      applyFile(file, sources);
    }
  }

  private static List<List<String>> split(List<String> diff) {
    List<List<String>> files = new ArrayList<>();
    for (int i = 0; i < diff.size(); i++) {
      boolean begins =
          diff.get(i).startsWith("--- ")
              && i + 1 < diff.size()
              && diff.get(i + 1).startsWith("+++ ");
      if (begins) {
        files.add(new ArrayList<>());
      }
      boolean belongs = !files.isEmpty() && !diff.get(i).isEmpty() && !gitNoise(diff.get(i));
      if (belongs) {
        files.get(files.size() - 1).add(diff.get(i));
      }
    }
    return files;
  }

  private static boolean gitNoise(String line) {
    return line.startsWith("diff --git ") || line.startsWith("index ");
  }

  private static void applyFile(List<String> diff, Path sources)
      throws MutantException, IOException {
    Path file = target(diff.get(1), sources);
    Patch<String> patch = UnifiedDiffUtils.parseUnifiedDiff(diff);
    if (patch.getDeltas().isEmpty()) {
      throw new MutantException("file=" + file.getFileName() + " the diff has no hunk");
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    for (AbstractDelta<String> hunk : patch.getDeltas()) {
      List<String> before = hunk.getSource().getLines();
      int place = placeOf(before, lines);
      if (place < 0) {
        throw new MutantException(
            "file=" + file.getFileName() + " a hunk does not apply, or twice: renew the patch");
      }
      List<String> part = lines.subList(place, place + before.size());
      part.clear();
      part.addAll(hunk.getTarget().getLines());
    }
    Files.write(file, lines);
  }

  /** Where these lines are; negative when they are nowhere, or in two places. */
  private static int placeOf(List<String> part, List<String> lines) {
    int first = Collections.indexOfSubList(lines, part);
    return first == Collections.lastIndexOfSubList(lines, part) && !part.isEmpty() ? first : -1;
  }

  private static Path target(String header, Path sources) throws MutantException {
    String name = header.substring("+++ ".length()).replaceFirst("\t.*", "").strip();
    String path = name.replaceFirst("^b/", "");
    Path file = sources.resolve(path.replaceFirst("^" + SOURCES, "")).normalize();
    if (!path.startsWith(SOURCES) || !file.startsWith(sources) || !Files.isRegularFile(file)) {
      throw new MutantException("file=" + name + " is none of the library's sources");
    }
    return file;
  }
}
