package jsearch.run;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.Parents;
import jsearch.checkpoint.TensorName;
import jsearch.checkpoint.Vocabulary;
import jsearch.compat.Compatibility;
import jsearch.compat.CompatibilityProbe;
import jsearch.eval.Bench;
import jsearch.eval.ChatPrompts;
import jsearch.eval.Objective;
import jsearch.eval.Race;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.eval.Suite;
import jsearch.merge.CandidateWeights;
import jsearch.merge.ParentWeights;
import jsearch.model.Chat;
import jsearch.model.Decoder;
import jsearch.model.DecoderConfig;
import jsearch.model.HuggingFaceTokenizer;
import jsearch.schedule.Schedule;
import jsearch.torch.Arena;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;

/** Two parents, the candidate between them and a suite, all resident on one device. */
public final class Workbench implements AutoCloseable {
  /**
   * The day that chat templates write into prompts, so that a study asks the same on every day:
   * what Llama 3's own templates take where they are told none.
   */
  private static final Clock TODAY =
      Clock.fixed(Instant.parse("2024-07-26T12:00:00Z"), ZoneOffset.UTC);

  /** Tokens of validation text that hidden states are compared on, at most. */
  private static final int COMPARED_TOKENS = 2048;

  private final Torch torch;
  private final Parents parents;
  private final Suite suite;
  private final ParentWeights weights;
  private final DType computed;
  private final CandidateWeights candidate;
  private final HuggingFaceTokenizer tokenizer;
  private final Decoder decoder;
  private final int batchTokens;
  private final Optional<Race> race;

  /** What a split is scored in: the search items in the blocks of the race, if there is one. */
  private final Map<Split, List<Bench>> benches = new EnumMap<>(Split.class);

  /** Loads both parents and prepares the suite, of which every item is scored. */
  public Workbench(Torch torch, Parents parents, Suite suite, Arithmetic arithmetic) {
    this(torch, parents, suite, false, arithmetic);
  }

  /**
   * Loads both parents and prepares the suite.
   *
   * @param races whether candidates may be dropped on the way
   * @param arithmetic its device is {@code torch}'s
   * @throws jsearch.document.InputException when a parent cannot be merged or run, or an item does
   *     not fit
   */
  public Workbench(
      Torch torch, Parents parents, Suite suite, boolean races, Arithmetic arithmetic) {
    this.torch = torch;
    this.parents = parents;
    this.suite = suite;
    Checkpoint base = parents.base();
    DecoderConfig config = DecoderConfig.of(base.config());
    tokenizer = HuggingFaceTokenizer.open(base.directory(), base.config());
    weights = new ParentWeights(torch, parents);
    computed = arithmetic.precision().format(torch, base);
    candidate = weights.candidate(computed);
    decoder =
        new Decoder(
            torch, config, tokenizer, candidate.weights(), computed, arithmetic.batchTokens());
    batchTokens = decoder.batchTokens();
    race = races ? Optional.of(Race.of(suite)) : Optional.empty();
    Optional<ChatPrompts> chat = chat(suite, base);
    List<Suite> blocks = suite.blocks(race.map(Race::blocks).orElse(1));
    benches.put(
        Split.SEARCH,
        blocks.stream().map(block -> Bench.prepare(block, Split.SEARCH, decoder, chat)).toList());
    benches.put(Split.CONFIRM, List.of(Bench.prepare(suite, Split.CONFIRM, decoder, chat)));
  }

  /**
   * What wraps a suite's prompts: the checkpoint's chat template, where the suite asks for chat.
   *
   * @throws jsearch.document.InputException when it asks and there is none
   */
  static Optional<ChatPrompts> chat(Suite suite, Checkpoint checkpoint) {
    return suite.chat()
        ? Optional.of(ChatPrompts.of(Chat.open(checkpoint.directory(), TODAY), true))
        : Optional.empty();
  }

  /** Number of layers of either parent. */
  int layers() {
    return parents.base().layers();
  }

  /** The number format of the merged checkpoint: the base's. */
  public DType format() {
    return Precision.own(parents.base());
  }

  /** The device that all is on: {@code cpu} or {@code gpu:N}. */
  String device() {
    return torch.device();
  }

  /** The format that is computed in. */
  Precision precision() {
    return Precision.of(computed);
  }

  /** Threads that compute, on the CPU. */
  OptionalInt threads() {
    return device().equals("cpu") ? OptionalInt.of(torch.threads()) : OptionalInt.empty();
  }

  /** Tokens that a batch holds at most; fewer once there was too little memory. */
  int batchTokens() {
    return decoder.batchTokens();
  }

  /** Batches hold at most so many tokens from now on; empty for as many as at first. */
  void limitBatches(OptionalInt tokens) {
    decoder.limitBatches(tokens.orElse(batchTokens));
  }

  /**
   * Does work that scores, on any one thread.
   *
   * @param drop asked between batches, on any thread
   * @throws java.util.concurrent.CancellationException when it was dropped
   */
  <T> T work(BooleanSupplier drop, Supplier<T> work) {
    return torch.work(drop, work);
  }

  /** What a person should know of this pair, a sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(parents.warnings());
    Stream.of(parents.base(), parents.donor())
        .flatMap(parent -> DecoderConfig.of(parent.config()).warnings().stream())
        .distinct()
        .forEach(warnings::add);
    for (TensorName name : weights.antiparallel()) {
      warnings.add(
          "Tensor %s points in opposite directions in the parents: it interpolates linearly."
              .formatted(name.text()));
    }
    race.filter(rule -> rule.blocks() == 1)
        .ifPresent(
            rule ->
                warnings.add(
                    "%d search items are too few for a race: every trial is scored whole."
                        .formatted(rule.items())));
    return warnings;
  }

  /** Number of items in a split. */
  public int items(Split split) {
    return suite.size(split);
  }

  /** Tokens of a split, prompts and right answers. */
  public long tokens(Split split) {
    return benches.get(split).stream().mapToLong(Bench::tokens).sum();
  }

  /** Writes the merge by this schedule over the last candidate and scores it. */
  Scores score(Schedule schedule, Split split) {
    return score(schedule, split, soFar -> true);
  }

  /**
   * Writes the merge by this schedule over the last candidate and scores it, block by block.
   *
   * @param goesOn asked after each block but the last, with the scores so far
   */
  Scores score(Schedule schedule, Split split, Predicate<Scores> goesOn) {
    candidate.write(schedule);
    Iterator<Bench> blocks = benches.get(split).iterator();
    Scores scores = blocks.next().score();
    while (blocks.hasNext() && goesOn.test(scores)) {
      scores = scores.plus(blocks.next().score());
    }
    return scores;
  }

  /** How the tasks' scores make one. */
  Objective objective() {
    return suite.objective();
  }

  /** The rule by which candidates are dropped on the way, if they are. */
  Optional<Race> race() {
    return race;
  }

  private static Set<String> tokens(Checkpoint parent) {
    return Vocabulary.read(Vocabulary.file(parent.directory())).ids().keySet();
  }

  /** Measures S on the text of the search items; writes over the candidate. */
  public Compatibility compatibility() {
    List<List<Integer>> rows = comparedRows();
    List<Double> similarity;
    try (Arena scope = torch.arena()) {
      candidate.write(Schedule.global(layers(), 0));
      List<Tensor> base = decoder.states(scope, rows);
      candidate.write(Schedule.global(layers(), 1));
      List<Tensor> donor = decoder.states(scope, rows);
      similarity = CompatibilityProbe.similarity(torch, base, donor);
    }
    double overlap = CompatibilityProbe.overlap(tokens(parents.base()), tokens(parents.donor()));
    return CompatibilityProbe.of(overlap, similarity, weights, layers());
  }

  private List<List<Integer>> comparedRows() {
    List<List<Integer>> rows = new ArrayList<>();
    int tokens = 0;
    for (String text : suite.texts(Split.SEARCH)) {
      List<Integer> ids = tokenizer.encode(text, true);
      if (!rows.isEmpty() && tokens + ids.size() > COMPARED_TOKENS) {
        break;
      }
      rows.add(ids);
      tokens += ids.size();
    }
    return rows;
  }

  @Override
  public void close() {
    decoder.close();
    weights.close();
    tokenizer.close();
  }
}
