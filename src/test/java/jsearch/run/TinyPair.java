package jsearch.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.eval.Split;
import jsearch.eval.Suite;
import jsearch.optimize.Algorithm;
import jsearch.plan.Tokens;
import jsearch.study.Limits;
import jsearch.torch.Torch;

/** Two tiny parents, a suite of one task with twelve short items and two known schedules. */
public record TinyPair(Path directory) {
  /** A clock that stands still: what differs between two runs is not time. */
  static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  static final Places PLACES = new Places(Path.of("."));
  static final Progress SILENT = (trial, finished, total, replayed) -> {};

  /** Known schedules of every search, the parents among them. */
  public static final int KNOWN = 4;

  /** Writes the files. */
  public static TinyPair write(Path directory) {
    new TinyCheckpoint().layers(3).write(directory.resolve("base"));
    new TinyCheckpoint().layers(3).donor(7, 0.1).write(directory.resolve("donor"));
    TinyPair pair = new TinyPair(directory);
    pair.write("task.yaml", "task: letters\n" + TASK);
    pair.write(
        "items.jsonl",
        IntStream.range(0, 12)
            .mapToObj(i -> "{\"q\": \"%d plus %d\", \"a\": %d}\n".formatted(i, 7 * i, i % 2))
            .collect(Collectors.joining()));
    pair.write("suite.yaml", "suite: tiny\ntasks: [{task: task.yaml, search: 4, confirm: 8}]\n");
    pair.write("baselines.yaml", "half: 0.5\ncross: [{filter: mlp, value: [1, 0]}, {value: 0}]\n");
    return pair;
  }

  private static final String TASK =
      """
      dataset_path: json
      dataset_kwargs: {data_files: items.jsonl}
      output_type: multiple_choice
      doc_to_text: "{{q}} is"
      doc_to_target: a
      doc_to_choice: [odd, even]
      """;

  /** Makes the suite one of two objectives: to answer as the data does, and to do the reverse. */
  public void writeTwoObjectives() {
    write("reverse.yaml", "task: reverse\n" + TASK.replace("target: a", "target: '{{1 - a}}'"));
    write(
        "suite.yaml",
        """
        suite: tiny
        objective: pareto
        tasks:
          - {task: task.yaml, axis: straight, search: 4, confirm: 8}
          - {task: reverse.yaml, axis: reverse, search: 4, confirm: 8}
        """);
  }

  /** Writes a file of the pair over what was there. */
  public Path write(String file, String text) {
    try {
      return Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The base's directory. */
  public Path base() {
    return directory.resolve("base");
  }

  /** The donor's directory. */
  public Path donor() {
    return directory.resolve("donor");
  }

  /** The suite file. */
  public Path suite() {
    return directory.resolve("suite.yaml");
  }

  /** A search of the shipped family {@code ramp}, with seed 1, on the CPU. */
  public SearchRequest request(Algorithm algorithm, int budget) {
    return request(Path.of("search-spaces/ramp.yaml"), algorithm, budget);
  }

  /** The same search with these limits and so many trials at one time. */
  SearchRequest request(Algorithm algorithm, int budget, Limits limits, int workers) {
    SearchRequest plain = request(algorithm, budget);
    return new SearchRequest(
        plain.base(),
        plain.donor(),
        plain.tokens(),
        plain.suite(),
        plain.family(),
        plain.baselines(),
        algorithm,
        budget,
        plain.seed(),
        plain.race(),
        limits,
        OptionalInt.of(workers),
        plain.arithmetic());
  }

  /** This search with the tokens of another source, in another arithmetic. */
  static SearchRequest with(SearchRequest plain, Optional<Tokens> tokens, Arithmetic arithmetic) {
    return new SearchRequest(
        plain.base(),
        plain.donor(),
        tokens,
        plain.suite(),
        plain.family(),
        plain.baselines(),
        plain.algorithm(),
        plain.budget(),
        plain.seed(),
        plain.race(),
        plain.limits(),
        plain.workers(),
        arithmetic);
  }

  SearchRequest request(Path family, Algorithm algorithm, int budget) {
    return request(suite(), family, algorithm, budget, false);
  }

  /** The same search as a race. */
  SearchRequest race(Path suite, Algorithm algorithm, int budget) {
    return request(suite, Path.of("search-spaces/ramp.yaml"), algorithm, budget, true);
  }

  private SearchRequest request(
      Path suite, Path family, Algorithm algorithm, int budget, boolean race) {
    Path baselines = directory.resolve("baselines.yaml");
    return new SearchRequest(
        base(),
        donor(),
        Optional.empty(),
        suite,
        family,
        baselines,
        algorithm,
        budget,
        1,
        race,
        Limits.NONE,
        OptionalInt.empty(),
        Arithmetic.on("cpu"));
  }

  /** Writes a suite with 120 search items, all of which the base answers right by definition. */
  Path suiteOfTheBase() {
    // Far enough from the base for merges to differ clearly.
    new TinyCheckpoint().layers(3).donor(7, 0.4).write(donor());
    write("long.yaml", "task: long\n" + TASK.replace("items.jsonl", "long.jsonl"));
    Path suite =
        write("race.yaml", "suite: race\ntasks: [{task: long.yaml, search: 120, confirm: 8}]\n");
    write("long.jsonl", items(i -> 0));
    Set<Integer> odd = new HashSet<>();
    try (Torch torch = Torch.open("cpu");
        Contestant model = new Contestant(torch, Checkpoint.open(base()), Arithmetic.on("cpu"))) {
      for (Split split : Split.values()) {
        model.prepare(Suite.read(suite), split).score().items().stream()
            .filter(item -> item.value() == 1)
            .forEach(item -> odd.add(item.id()));
      }
    }
    write("long.jsonl", items(i -> odd.contains(i) ? 0 : 1));
    return suite;
  }

  private static String items(IntUnaryOperator answer) {
    return IntStream.range(0, 128)
        .mapToObj(
            i -> "{\"q\": \"%d plus %d\", \"a\": %d}\n".formatted(i, 7 * i, answer.applyAsInt(i)))
        .collect(Collectors.joining());
  }

  /**
   * Makes merges that blend the MLP of layer 0 overflow float32, though either parent works: one
   * multiplies huge weights by a gate that is shut, the other by zeros.
   */
  public void makeMergesOverflow() {
    fill(base(), "model.layers.0.mlp.gate_proj.weight", 0);
    fill(base(), "model.layers.0.mlp.down_proj.weight", 3e38f);
    fill(donor(), "model.layers.0.mlp.gate_proj.weight", 1);
    fill(donor(), "model.layers.0.mlp.down_proj.weight", 0);
    fill(base(), "model.layers.0.mlp.up_proj.weight", 1);
    fill(donor(), "model.layers.0.mlp.up_proj.weight", 1);
  }

  /** Sets every weight of an F32 tensor to one value, NaN for instance. */
  public static void fill(Path checkpoint, String tensor, float value) {
    TensorInfo info = Checkpoint.open(checkpoint).tensors().get(tensor);
    ByteBuffer bytes =
        ByteBuffer.allocate((int) info.elements() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat(value);
    }
    try (FileChannel file = FileChannel.open(info.file(), StandardOpenOption.WRITE)) {
      file.write(bytes.flip(), info.offset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
