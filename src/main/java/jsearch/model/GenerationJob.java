package jsearch.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import jsearch.torch.Arena;
import jsearch.torch.Tensor;

/**
 * Prompts laid out in batches on the device; each call continues them greedily.
 *
 * <p>Tokens are written in short bursts on the device; between bursts, rows that have ended leave
 * the batch, so each row stops by itself.
 */
final class GenerationJob implements Supplier<List<String>> {
  private static final int FIRST_BURST = 4;
  private static final int LONGEST_BURST = 32;

  private final Decoder decoder;
  private final List<Prompt> prompts;
  private final List<Prepared> batches = new ArrayList<>();

  private record Prepared(List<Integer> items, int length, Tensor ids, Tensor pads, int room) {}

  GenerationJob(Decoder decoder, List<Prompt> prompts) {
    this.decoder = decoder;
    this.prompts = List.copyOf(prompts);
    for (List<Integer> items : Batch.groups(prompts.size(), i -> prompts.get(i).ids().size())) {
      batches.add(prepare(items));
    }
  }

  private Prepared prepare(List<Integer> items) {
    Batch batch = Batch.left(items.stream().map(i -> prompts.get(i).ids()).toList());
    long[] pads = IntStream.of(batch.pads()).asLongStream().toArray();
    int room = items.stream().mapToInt(i -> prompts.get(i).maxNewTokens()).max().orElseThrow();
    Arena arena = decoder.arena();
    return new Prepared(
        items,
        batch.length(),
        arena.longs(batch.ids(), batch.rows(), batch.length()),
        arena.longs(pads, pads.length),
        room);
  }

  @Override
  public List<String> get() {
    String[] answers = new String[prompts.size()];
    for (Prepared batch : batches) {
      generate(batch, answers);
    }
    return List.of(answers);
  }

  private void generate(Prepared batch, String[] answers) {
    List<Answer> open = new ArrayList<>();
    for (int item : batch.items) {
      open.add(new Answer(item, prompts.get(item), decoder.tokenizer()));
    }
    Arena scope = decoder.arena().nested();
    try {
      List<Tensor> state = decoder.calls(scope, "prefill", batch.ids, batch.pads, batch.room);
      long[] next = state.get(0).longs();
      List<Tensor> cache = state.subList(1, state.size());
      Tensor pads = batch.pads;
      int position = batch.length;
      int burst = FIRST_BURST;
      append(open, next, 1);
      while (true) {
        List<Integer> alive = close(open, answers);
        if (alive.isEmpty()) {
          return;
        }
        if (alive.size() < open.size()) {
          Arena smaller = decoder.arena().nested();
          long[] rows = alive.stream().mapToLong(Integer::longValue).toArray();
          List<Tensor> all = new ArrayList<>(cache);
          all.add(pads);
          List<Tensor> kept = decoder.keep(smaller, all, smaller.longs(rows, rows.length));
          cache = kept.subList(0, kept.size() - 1);
          pads = kept.get(kept.size() - 1);
          open = alive.stream().map(open::get).toList();
          scope.close();
          scope = smaller;
        }
        int steps = Math.min(burst, batch.length + batch.room - 1 - position);
        long[] last = open.stream().mapToLong(Answer::lastToken).toArray();
        Tensor written =
            decoder.call(
                scope, "extend", scope.longs(last, last.length), pads, position, steps, cache);
        append(open, written.longs(), steps);
        position += steps;
        burst = Math.min(LONGEST_BURST, 2 * burst);
      }
    } finally {
      scope.close();
    }
  }

  private static void append(List<Answer> open, long[] tokens, int steps) {
    for (int r = 0; r < open.size(); r++) {
      for (int i = 0; i < steps; i++) {
        open.get(r).append((int) tokens[r * steps + i]);
      }
    }
  }

  /** Hands in the answers that have ended; returns the rows of the others. */
  private static List<Integer> close(List<Answer> open, String[] answers) {
    List<Integer> alive = new ArrayList<>();
    for (int r = 0; r < open.size(); r++) {
      Answer answer = open.get(r);
      if (answer.ended()) {
        answers[answer.item()] = answer.text();
      } else {
        alive.add(r);
      }
    }
    return alive;
  }
}
