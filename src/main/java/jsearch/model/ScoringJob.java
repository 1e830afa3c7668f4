package jsearch.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jsearch.torch.Arena;
import jsearch.torch.Phase;

/**
 * Continuations laid out in batches on the device; each call scores them by the present weights.
 *
 * <p>Those of one context share it, see {@link Branching}.
 */
final class ScoringJob implements Supplier<List<Likelihood>> {
  private final Decoder decoder;
  private final List<Continuation> continuations;
  private final Layout<ScoringBatch> layout;

  ScoringJob(Decoder decoder, List<Continuation> continuations) {
    this.decoder = decoder;
    this.continuations = List.copyOf(continuations);
    for (Continuation one : continuations) {
      decoder.requireKnown(one.context());
      decoder.requireKnown(one.continuation());
    }
    layout = new Layout<>(decoder, this::batches);
  }

  private List<ScoringBatch> batches(Arena arena, int tokens) {
    // Rows with branches need a mask, which is slower than causality alone.
    Map<Boolean, List<Branching>> rows =
        Branching.of(continuations, tokens, decoder.steadyReach()).stream()
            .collect(Collectors.partitioningBy(Branching::isBranched));
    List<ScoringBatch> batches = new ArrayList<>();
    for (List<Branching> alike : List.of(rows.get(false), rows.get(true))) {
      for (List<Integer> group : Batch.groups(alike.size(), tokens, i -> alike.get(i).length())) {
        List<Branching> together = group.stream().map(alike::get).toList();
        batches.add(new ScoringBatch(decoder, arena, together, continuations, tokens));
      }
    }
    return batches;
  }

  @Override
  public List<Likelihood> get() {
    Likelihood[] results = new Likelihood[continuations.size()];
    List<ScoringBatch> batches = layout.batches();
    decoder
        .stopwatch()
        .time(Phase.PREFILL, () -> decoder.each(batches, batch -> batch.score(results)));
    return List.of(results);
  }
}
