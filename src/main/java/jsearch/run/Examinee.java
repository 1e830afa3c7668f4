package jsearch.run;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jsearch.eval.Bench;
import jsearch.eval.ChatPrompts;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.eval.Suite;
import jsearch.model.Decoder;

/** A model with the items of a suite as its own tokenizer and chat template make them. */
final class Examinee {
  private final Decoder decoder;

  /** What a split is scored in: the search items in the blocks of a race, if there is one. */
  private final Map<Split, List<Bench>> benches = new EnumMap<>(Split.class);

  /**
   * Prepares both splits.
   *
   * @param blocks number of blocks of the search items
   * @param chat wraps prompts; empty for plain text
   * @throws jsearch.document.InputException when an item does not fit the model's context
   */
  Examinee(Decoder decoder, Suite suite, int blocks, Optional<ChatPrompts> chat) {
    this.decoder = decoder;
    benches.put(
        Split.SEARCH,
        suite.blocks(blocks).stream()
            .map(block -> Bench.prepare(block, Split.SEARCH, decoder, chat))
            .toList());
    benches.put(Split.CONFIRM, List.of(Bench.prepare(suite, Split.CONFIRM, decoder, chat)));
  }

  Decoder decoder() {
    return decoder;
  }

  /** Tokens of a split, prompts and right answers. */
  long tokens(Split split) {
    return benches.get(split).stream().mapToLong(Bench::tokens).sum();
  }

  /**
   * Scores the weights that the model has now, block by block.
   *
   * @param goesOn asked after each block but the last, with the scores so far
   */
  Scores score(Split split, Predicate<Scores> goesOn) {
    Iterator<Bench> blocks = benches.get(split).iterator();
    Scores scores = blocks.next().score();
    while (blocks.hasNext() && goesOn.test(scores)) {
      scores = scores.plus(blocks.next().score());
    }
    return scores;
  }
}
