package io.github.datastorelookup.portkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.datastorelookup.oracle.Cluster;
import io.github.datastorelookup.oracle.Subject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One process of the port, in which all processes of a program live. It asks for each access to
 * what they share, so that the simulator decides which thread goes on, and what an access returns.
 */
final class Stepper implements AutoCloseable {
  private final Port port;
  private final Map<Thread, Integer> threads = new HashMap<>();
  private final Set<Integer> opened = new HashSet<>();
  private final Map<String, Integer> asked;
  private int handles;
  private int stores;
  private boolean inRun;

  /** Of this port; each access that it asks for is counted by its name. */
  Stepper(Port port, Map<String, Integer> asked) {
    this.port = port;
    this.asked = asked;
  }

  /** A run of this many processes begins; nothing is left of the run before. */
  void begin(int processes) {
    threads.clear();
    opened.clear();
    handles = 0;
    stores = 0;
    inRun = true;
    JsonNode answer =
        port.ask(
            PortProcess.message()
                .put("kit", ModelRun.VERSION)
                .put("mode", "stepping")
                .put("processes", processes)
                .put("ttlNanos", Duration.ofSeconds(Cluster.TTL_SECONDS).toNanos())
                .put("lockTimeoutNanos", Cluster.LOCK_TIMEOUT.toNanos()));
    if (!answer.path("answer").asText().equals("done")) {
      throw new Broken("does not step: " + answer);
    } else if (answer.path("port").asInt() != ModelRun.VERSION) {
      throw new Broken("the port speaks another version: " + answer);
    }
  }

  /** The run is over: what its threads still do, as they unwind, is not for the port. */
  void end() {
    inRun = false;
  }

  /** What opens the registries of the port. */
  Subject.Opener opener() {
    return (process, number) -> {
      SteppedRegistry registry = new SteppedRegistry(this, process, number);
      if (!opened.add(number)) {
        done(PortProcess.message().put("started", number));
      }
      return registry;
    };
  }

  void done(ObjectNode message) {
    JsonNode answer = ask(message);
    if (!answer.path("answer").asText().equals("done")) {
      throw new Broken("answered " + answer + " to " + message);
    }
  }

  /** Tells the port something, and waits for the access that it wants next, or its answer. */
  JsonNode ask(ObjectNode message) {
    if (!inRun) {
      throw new IllegalStateException("the run is over: " + message);
    }
    JsonNode answer = port.ask(message);
    if (answer.has("op")) {
      int unused = asked.merge(answer.get("op").asText(), 1, Integer::sum);
    }
    return answer;
  }

  /** The number of the calling thread. */
  int thread() {
    return threads.computeIfAbsent(Thread.currentThread(), key -> threads.size());
  }

  int nextHandle() {
    return ++handles;
  }

  int nextStore() {
    return ++stores;
  }

  @Override
  public void close() {
    port.close();
  }
}
