package io.github.datastorelookup.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Another process that inspects: how often is on stdin, how ledgers looked goes to stdout. */
final class InspectMain {
  private InspectMain() {}

  public static void main(String[] args) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    Path directory = Path.of(args[0]).resolveSibling("");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Set<String> lives = new TreeSet<>();
      for (int i = 0; i < Integer.parseInt(line); i++) {
        Shown shown = Shown.inspect(directory).ok();
        lives.add(shown.out().lines().anyMatch(l -> l.startsWith(" dead ")) ? "dead" : shown.out());
      }
      System.out.println(String.join(" ", lives).replace('\n', ' '));
      System.out.flush();
    }
  }
}
