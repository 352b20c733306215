package io.github.datastorelookup.verification.docs;

import io.github.datastorelookup.verification.docs.MarkdownPage.Form;
import io.github.datastorelookup.verification.docs.MarkdownPage.Reference;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The links of {@code README.md}, of all pages below {@code docs}, and of the pages of mutants. */
final class Links {
  private static final Path START = Path.of("README.md");
  private static final List<String> FOLDERS = List.of("docs", "stress-tests/mutants");

  private final Path root;
  private final NavigableMap<Path, MarkdownPage> pages = new TreeMap<>();

  private Links(Path root) {
    this.root = root;
  }

  /** Reads the pages below this folder. */
  static Links read(Path root) throws IOException {
    Links links = new Links(root);
    links.pages.put(START, MarkdownPage.read(root.resolve(START)));
    for (String folder : FOLDERS) {
      if (Files.isDirectory(root.resolve(folder))) {
        links.read(folder);
      }
    }
    return links;
  }

  private void read(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".md")).toList()) {
        pages.put(root.relativize(file), MarkdownPage.read(file));
      }
    }
  }

  /** How many links there are. */
  long count() {
    return pages.values().stream().mapToLong(page -> page.references().size()).sum();
  }

  /** One line for each link that leads nowhere. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    for (Map.Entry<Path, MarkdownPage> page : pages.entrySet()) {
      for (Reference each : page.getValue().references()) {
        String fault = fault(page.getKey(), each);
        if (fault != null) {
          broken.add(
              String.format(
                  Locale.ROOT,
                  "file=%s line=%d link=%s: %s",
                  page.getKey(),
                  each.line(),
                  each.target(),
                  fault));
        }
      }
    }
    return broken;
  }

  private @Nullable String fault(Path page, Reference reference) {
    if (reference.form() == Form.HTML) {
      return "links and anchors in HTML are not checked; write it in Markdown";
    }
    if (reference.form() == Form.TEXT) {
      return "looks like a link, but is text";
    }
    URI uri;
    try {
      uri = new URI(reference.target());
    } catch (URISyntaxException e) {
      return "is no address: " + e.getReason();
    }
    if (uri.getScheme() != null || uri.getRawAuthority() != null) {
      return "https".equals(uri.getScheme()) && uri.getHost() != null
          ? null
          : "neither a relative path nor https with a host";
    }
    return faultOfPath(page, uri, reference.form());
  }

  private @Nullable String faultOfPath(Path page, URI uri, Form form) {
    if (uri.getPath().startsWith("/") || uri.toString().isEmpty()) {
      return "no path relative to the page";
    }
    Path file = target(page, uri);
    if (file.startsWith("..")) {
      return "is outside of the sources";
    }
    for (Path part : file) {
      if (part.endsWith("target")) {
        return "is built, and not among the sources";
      }
    }
    if (!Files.exists(root.resolve(file))) {
      return "there is no " + file;
    }
    if (form == Form.IMAGE && !Files.isRegularFile(root.resolve(file))) {
      return file + " is no image";
    }
    return uri.getFragment() == null ? null : faultOfAnchor(file, uri.getFragment());
  }

  private @Nullable String faultOfAnchor(Path file, String anchor) {
    MarkdownPage page = pages.get(file);
    if (page == null) {
      return file + " is none of the pages, so its anchors are not checked";
    }
    return page.anchors().contains(anchor) ? null : "no heading of " + file + " is #" + anchor;
  }

  private static Path target(Path page, URI uri) {
    return uri.getPath().isEmpty() ? page : page.resolveSibling(uri.getPath()).normalize();
  }

  /** The pages that nobody finds who begins at {@code README.md}; a link to a folder finds none. */
  NavigableSet<Path> orphans() {
    NavigableSet<Path> orphans = new TreeSet<>(pages.keySet());
    orphans.remove(START);
    Deque<Path> found = new ArrayDeque<>(List.of(START));
    while (!found.isEmpty()) {
      Path page = found.remove();
      for (Reference each : Objects.requireNonNull(pages.get(page)).references()) {
        if (each.form() == Form.LINK && fault(page, each) == null) {
          URI uri = URI.create(each.target());
          if (uri.getScheme() == null && orphans.remove(target(page, uri))) {
            found.add(target(page, uri));
          }
        }
      }
    }
    return orphans;
  }
}
