package jsearch.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorName;
import jsearch.compat.Compatibility;
import jsearch.compat.CompatibilityProbe;
import jsearch.document.InputException;
import jsearch.eval.ChatPrompts;
import jsearch.eval.Objective;
import jsearch.eval.Race;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.eval.Suite;
import jsearch.merge.CandidateWeights;
import jsearch.merge.OwnWeights;
import jsearch.merge.ParentWeights;
import jsearch.model.Decoder;
import jsearch.model.DecoderConfig;
import jsearch.model.HuggingFaceTokenizer;
import jsearch.model.Tokenizer;
import jsearch.plan.Parents;
import jsearch.schedule.Schedule;
import jsearch.study.Origin;
import jsearch.torch.Phase;
import jsearch.torch.Stopwatch;
import jsearch.torch.Torch;

/** Two parents, the candidate between them and a suite, all resident on one device. */
public final class Workbench implements AutoCloseable {
  private final Torch torch;
  private final Parents parents;
  private final Suite suite;
  private final Optional<Race> race;
  private final DType computed;
  private final Opened opened = new Opened();
  private final ParentWeights weights;
  private final CandidateWeights candidate;
  private final Examinee examinee;
  private final ParentModel base;
  private final ParentModel donor;
  private final int batchTokens;

  /** Loads both parents and prepares the suite, of which every item is scored. */
  public Workbench(Torch torch, Parents parents, Suite suite, Arithmetic arithmetic) {
    this(torch, parents, suite, false, arithmetic);
  }

  /**
   * Loads both parents and prepares the suite.
   *
   * @param races whether candidates may be dropped on the way
   * @param arithmetic its device is {@code torch}'s
   * @throws InputException when a parent cannot be merged or run, or an item does not fit
   */
  public Workbench(
      Torch torch, Parents parents, Suite suite, boolean races, Arithmetic arithmetic) {
    this.torch = torch;
    this.parents = parents;
    this.suite = suite;
    race = races ? Optional.of(Race.of(suite)) : Optional.empty();
    computed = arithmetic.precision().format(torch, parents.base());
    try {
      PairChats chats = PairChats.of(suite, parents);
      weights = new ParentWeights(torch, parents);
      opened.add(weights::close);
      candidate = weights.candidate(computed);
      CandidateFiles files = CandidateFiles.of(parents.plan(), suite);
      opened.add(files.tokenizer()::close);
      Decoder decoder =
          new Decoder(
              torch,
              files.config(),
              files.tokenizer(),
              candidate.weights(),
              computed,
              arithmetic.batchTokens());
      opened.add(decoder::close);
      batchTokens = decoder.batchTokens();
      examinee = new Examinee(decoder, suite, blocks(), files.chat());
      base = parent(parents.base(), weights.base(candidate, computed), chats.base());
      donor = parent(parents.donor(), weights.donor(candidate, computed), chats.donor());
    } catch (RuntimeException | Error e) {
      opened.closeAfter(e);
      throw e;
    }
  }

  private ParentModel parent(Checkpoint parent, OwnWeights own, Optional<ChatPrompts> chat) {
    HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.open(parent.directory(), parent.config());
    opened.add(tokenizer::close);
    Decoder decoder =
        new Decoder(
            torch,
            DecoderConfig.of(parent),
            tokenizer,
            own.weights(),
            computed,
            OptionalInt.of(batchTokens));
    opened.add(decoder::close);
    try {
      return new ParentModel(own, new Examinee(decoder, suite, blocks(), chat));
    } catch (InputException e) {
      throw new InputException(
          "%s\nThe model is the parent %s.".formatted(e.getMessage(), parent.directory()), e);
    }
  }

  private int blocks() {
    return race.map(Race::blocks).orElse(1);
  }

  /** Number of layers of either parent. */
  int layers() {
    return parents.base().layers();
  }

  /** The device that all is on: {@code cpu} or {@code gpu:N}. */
  String device() {
    return torch.device();
  }

  /** Bytes of memory that are free on the device. */
  long freeMemory() {
    return torch.freeMemory();
  }

  /** The format that is computed in. */
  Precision precision() {
    return Precision.of(computed);
  }

  /**
   * Threads that compute, on the CPU.
   *
   * @param begun those that a study was begun with; empty for a new one
   */
  Threads threads(OptionalInt begun) {
    boolean cpu = device().equals("cpu");
    return new Threads(
        begun,
        cpu ? OptionalInt.of(torch.threads()) : OptionalInt.empty(),
        torch.threadShare(),
        !torch.sumsByOneThread());
  }

  /** Tokens that a batch holds at most; fewer once there was too little memory. */
  int batchTokens() {
    return decoders().mapToInt(Decoder::batchTokens).min().orElseThrow();
  }

  /** Batches hold at most so many tokens from now on; empty for as many as at first. */
  void limitBatches(OptionalInt tokens) {
    decoders().forEach(decoder -> decoder.limitBatches(tokens.orElse(batchTokens)));
  }

  private Stream<Decoder> decoders() {
    return Stream.of(examinee, base.examinee(), donor.examinee()).map(Examinee::decoder);
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

  /** Does work whose phases this stopwatch measures. */
  <T> T timed(Stopwatch stopwatch, Supplier<T> work) {
    return torch.timed(stopwatch, work);
  }

  /** What a person should know of this pair, a sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(parents.warnings());
    warnings.addAll(PairChats.warnings(suite, parents));
    Stream.of(parents.base(), parents.donor())
        .flatMap(parent -> DecoderConfig.of(parent).warnings().stream())
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

  /** What was done about this pair, a sentence each. */
  public List<String> notes() {
    return parents.notes();
  }

  /** Number of items in a split. */
  public int items(Split split) {
    return suite.size(split);
  }

  /** Tokens of a split, prompts and right answers. */
  public long tokens(Split split) {
    return examinee.tokens(split);
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
    torch.stopwatch().time(Phase.MERGE, () -> candidate.write(schedule));
    return examinee.score(split, goesOn);
  }

  /** Scores a parent by itself; writes over the last candidate. */
  Scores score(Origin parent, Split split) {
    ParentModel model = parent.equals(Origin.BASE) ? base : donor;
    torch.stopwatch().time(Phase.MERGE, model.weights()::write);
    return model.examinee().score(split, soFar -> true);
  }

  /** How the tasks' scores make one. */
  Objective objective() {
    return suite.objective();
  }

  /** The rule by which candidates are dropped on the way, if they are. */
  Optional<Race> race() {
    return race;
  }

  /** Measures S on the text of the search items; writes over the candidate. */
  public Compatibility compatibility() {
    Tokenizer tokenizer = base.examinee().decoder().tokenizer();
    return new CompatibilityProbe(torch, parents, weights)
        .measure(suite.texts(Split.SEARCH), tokenizer, base::states, donor::states);
  }

  @Override
  public void close() {
    opened.close();
  }
}
