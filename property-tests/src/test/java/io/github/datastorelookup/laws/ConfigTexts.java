package io.github.datastorelookup.laws;

import io.github.datastorelookup.config.DatastoreSection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random sections, and random texts that hold some. Few names, so that they recur. */
final class ConfigTexts {
  private static final String NOTHING = "";

  private ConfigTexts() {}

  /** Names of datastores. */
  static Arbitrary<String> names() {
    return Arbitraries.of("aaa", "bbb", "store.1", "Store-2", "_x9");
  }

  /** Sections with valid values of most kinds. */
  static Arbitrary<DatastoreSection> sections() {
    return Combinators.combine(names(), properties()).as(DatastoreSection::of).withoutEdgeCases();
  }

  /** Values that can be written: no control character, no whitespace at the ends. */
  private static Arbitrary<Map<String, String>> properties() {
    Arbitrary<String> flags = Arbitraries.of(NOTHING, "true", "false");
    Arbitrary<String> numbers = Arbitraries.longs().between(0, Long.MAX_VALUE).map(ConfigTexts::or);
    Arbitrary<String> modes =
        Arbitraries.of(NOTHING, "offline", "read-only,message=\"disk, swap\"", "delete", "strange");
    return Combinators.combine(lines(40), lines(20), flags, numbers, modes)
        .as(
            (path, comment, flag, number, mode) -> {
              Map<String, String> all = new TreeMap<>();
              all.put("path", "/" + path);
              all.put("comment", comment);
              all.put("verify-new", flag);
              all.put("keep-last", number);
              all.put("maintenance-mode", mode);
              all.values().removeIf(String::isEmpty);
              return all;
            });
  }

  private static String or(long number) {
    return number == 0 ? NOTHING : Long.toString(number);
  }

  private static Arbitrary<String> lines(int max) {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .withChars(' ', 'é', '\u20AC', '\uFFFD')
        .ofMaxLength(max)
        .map(String::strip);
  }

  /** Texts of files as all sorts of people write them; all of them can be read. */
  static Arbitrary<String> texts() {
    Arbitrary<String> headers = Arbitraries.of("datastore: ", "datastore:", "datastore \t:\u00A0");
    Arbitrary<String> paths = Arbitraries.of("\tpath /x", " path   /a b\u3000", "\t path\t\u20AC");
    Arbitrary<Set<String>> others =
        Arbitraries.of(
                "\tverify-new YES",
                " keep-last +007 ",
                "\tcomment ",
                "\tgc-schedule mon..fri 02:30",
                "\tmaintenance-mode offline,message=a%20b,",
                "\ttuning chunk-order=none,gc-atime-cutoff=5")
            .set()
            .ofMaxSize(3);
    Arbitrary<String> separators = Arbitraries.of("", " \t", "\n\n");
    Arbitrary<String> ends = Arbitraries.of("\n", "\r\n");
    return Combinators.combine(headers, names(), paths, others, separators, ends)
        .as(
            (header, name, path, more, separator, end) ->
                header + name + end + path + end + lines(more, end) + separator + end)
        .list()
        .ofMaxSize(6)
        .map(sections -> String.join("", sections))
        .withoutEdgeCases();
  }

  private static String lines(Set<String> lines, String end) {
    return lines.stream().map(line -> line + end).collect(Collectors.joining());
  }
}
