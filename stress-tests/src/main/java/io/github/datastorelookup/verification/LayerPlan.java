package io.github.datastorelookup.verification;

import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The checks of a layer, and those that a shard ran: a merge of shards can tell that none was lost
 * and none was run twice.
 *
 * @param layer its name
 * @param all its checks
 * @param share those of this shard
 */
public record LayerPlan(String layer, NavigableSet<String> all, NavigableSet<String> share) {

  /** Copies the sets. */
  public LayerPlan {
    all = new TreeSet<>(all);
    share = new TreeSet<>(share);
  }

  /**
   * Plans the share of this shard.
   *
   * @throws IllegalStateException when the layer has no checks: that would prove nothing
   * @throws Exception when its checks cannot be found out
   */
  static LayerPlan of(Layer layer, Shard shard) throws Exception {
    NavigableSet<String> all = layer.plan();
    if (all.isEmpty()) {
      throw new IllegalStateException(
          "layer=" + layer.name() + " has no checks: it proves nothing");
    }
    return new LayerPlan(layer.name(), all, shard.of(all));
  }

  /** Runs the share, which may be empty. */
  LayerResult run(Layer of, Progress progress) throws Exception {
    return share.isEmpty() ? LayerResult.nothingOf(layer) : of.run(share, progress);
  }
}
