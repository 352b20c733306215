package io.github.datastorelookup.portkit;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The processes of the port, by number: started when they are needed, and again when killed. */
final class Processes implements AutoCloseable {
  private final String command;
  private final long patienceSeconds;
  private final Map<Integer, PortProcess> running = new HashMap<>();

  Processes(String command, long patienceSeconds) {
    this.command = command;
    this.patienceSeconds = patienceSeconds;
  }

  PortProcess get(int number) throws IOException {
    PortProcess there = running.get(number);
    if (there == null) {
      there = PortProcess.start(command, patienceSeconds);
      running.put(number, there);
    }
    return there;
  }

  void kill(int number) {
    PortProcess there = running.remove(number);
    if (there != null) {
      there.kill();
    }
  }

  @Override
  public void close() {
    running.values().forEach(PortProcess::kill);
    running.clear();
  }
}
