package jsearch.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Continuations laid out in batches on the device; each call scores them by the present weights.
 *
 * <p>Those of one context share it, see {@link Branching}.
 */
final class ScoringJob implements Supplier<List<Likelihood>> {
  private final Decoder decoder;
  private final int continuations;
  private final List<ScoringBatch> batches = new ArrayList<>();

  ScoringJob(Decoder decoder, List<Continuation> continuations) {
    this.decoder = decoder;
    this.continuations = continuations.size();
    for (Continuation one : continuations) {
      decoder.requireKnown(one.context());
      decoder.requireKnown(one.continuation());
    }
    // Rows with branches need a mask, which is slower than causality alone.
    Map<Boolean, List<Branching>> rows =
        Branching.of(continuations, decoder.batchTokens(), decoder.steadyReach()).stream()
            .collect(Collectors.partitioningBy(Branching::isBranched));
    for (List<Branching> alike : List.of(rows.get(false), rows.get(true))) {
      for (List<Integer> group :
          Batch.groups(alike.size(), decoder.batchTokens(), i -> alike.get(i).length())) {
        batches.add(
            new ScoringBatch(decoder, group.stream().map(alike::get).toList(), continuations));
      }
    }
  }

  @Override
  public List<Likelihood> get() {
    Likelihood[] results = new Likelihood[continuations];
    decoder.each(batches, batch -> batch.score(results));
    return List.of(results);
  }
}
