package jsearch.model;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import jsearch.torch.Arena;
import jsearch.torch.Laps;
import jsearch.torch.OutOfDeviceMemoryException;
import jsearch.torch.Phase;
import jsearch.torch.Tensor;

/**
 * Prompts laid out in batches on the device; each call continues them greedily.
 *
 * <p>Tokens are written in short bursts on the device; between bursts, rows that have ended leave
 * the batch, so each row stops by itself.
 */
final class GenerationJob implements Supplier<List<Generated>> {
  private static final int FIRST_BURST = 4;
  private static final int LONGEST_BURST = 32;

  private final Decoder decoder;
  private final List<Prompt> prompts;
  private final Layout<Prepared> layout;

  /** Items of a batch that was allowed to hold so many tokens. */
  private record Prepared(List<Integer> items, Tensor ids, Tensor pads, int room, int tokens) {}

  GenerationJob(Decoder decoder, List<Prompt> prompts) {
    this.decoder = decoder;
    this.prompts = List.copyOf(prompts);
    prompts.forEach(prompt -> decoder.requireKnown(prompt.ids()));
    layout = new Layout<>(decoder, this::batches);
  }

  private List<Prepared> batches(Arena arena, int tokens) {
    return Batch.groups(prompts.size(), tokens, i -> Batch.weight(prompts.get(i))).stream()
        .map(items -> prepare(arena, items, tokens))
        .toList();
  }

  private Prepared prepare(Arena arena, List<Integer> items, int tokens) {
    Batch batch = Batch.left(items.stream().map(i -> prompts.get(i).ids()).toList());
    long[] pads = IntStream.of(batch.pads()).asLongStream().toArray();
    int room = items.stream().mapToInt(i -> prompts.get(i).maxNewTokens()).max().orElseThrow();
    return new Prepared(
        items,
        arena.longs(batch.ids(), batch.rows(), batch.length()),
        arena.longs(pads, pads.length),
        room,
        tokens);
  }

  @Override
  public List<Generated> get() {
    Generated[] answers = new Generated[prompts.size()];
    List<Prepared> batches = layout.batches();
    Laps laps = decoder.stopwatch().laps();
    decoder.each(batches, batch -> laps.batch(() -> generateWithin(batch, answers, laps)));
    laps.end();
    return List.of(answers);
  }

  /** In halves where there is too little memory for all. */
  private void generateWithin(Prepared batch, Generated[] answers, Laps laps) {
    try {
      generate(batch, answers, laps);
    } catch (OutOfDeviceMemoryException e) {
      Batch.inHalves(
          batch.items,
          e,
          half -> {
            int fewer = decoder.shrink(batch.tokens);
            try (Arena scope = decoder.arena().nested()) {
              generateWithin(prepare(scope, half, fewer), answers, laps);
            }
          });
    }
  }

  private void generate(Prepared batch, Generated[] answers, Laps laps) {
    List<Draft> answering =
        batch.items.stream()
            .map(item -> new Draft(item, prompts.get(item), decoder.tokenizer()))
            .toList();
    try (Rows rows = laps.time(Phase.PREFILL, () -> read(batch))) {
      append(answering, rows.next(), 1);
      int written = 1;
      int burst = FIRST_BURST;
      while (true) {
        handIn(answering, answers);
        List<Integer> open = open(answering);
        if (open.isEmpty()) {
          return;
        }
        rows.keep(open);
        answering = open.stream().map(answering::get).toList();
        int steps = Math.min(burst, batch.room - written);
        append(answering, laps.time(Phase.DECODE, () -> rows.extend(steps)), steps);
        written += steps;
        burst = Math.min(LONGEST_BURST, 2 * burst);
      }
    }
  }

  private Rows read(Prepared batch) {
    return Rows.read(decoder, batch.ids, batch.pads, batch.room);
  }

  private static void append(List<Draft> answering, long[] tokens, int steps) {
    for (int r = 0; r < answering.size(); r++) {
      answering.get(r).append(tokens, r * steps, steps);
    }
  }

  private static void handIn(List<Draft> answering, Generated[] answers) {
    answering.stream()
        .filter(Draft::ended)
        .forEach(draft -> answers[draft.item()] = draft.generated());
  }

  private static List<Integer> open(List<Draft> answering) {
    return IntStream.range(0, answering.size())
        .filter(r -> !answering.get(r).ended())
        .boxed()
        .toList();
  }
}
