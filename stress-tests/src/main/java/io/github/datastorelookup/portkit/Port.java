package io.github.datastorelookup.portkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What answers messages: mostly a process. */
interface Port extends AutoCloseable {
  /**
   * Sends a message, and waits for what comes back.
   *
   * @throws Broken when nothing does, or what is no JSON object
   */
  JsonNode ask(ObjectNode message);

  @Override
  void close();
}
