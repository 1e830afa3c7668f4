package jsearch.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.Mutation;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.InputException;
import jsearch.plan.MergePlan;
import jsearch.plan.RecipeMutation;
import jsearch.schedule.MergeRecipe;
import jsearch.torch.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged parents and recipes, the whole way: a right merge or an input error and no OUT. */
class MergeMutationTest {
  private static final String RECIPE = "recipe.yaml";
  private static final List<Float> NUMBERS =
      List.of(
          Float.NaN,
          Float.POSITIVE_INFINITY,
          Float.NEGATIVE_INFINITY,
          Float.MAX_VALUE,
          -1e30f,
          Float.MIN_VALUE,
          -0.0f,
          70000f);

  private static final Pattern WORD = Pattern.compile("-?\\w[\\w.]*");
  private static final List<String> WORDS =
      List.of(
          "a",
          "b",
          "c",
          "0",
          "1",
          "2",
          "-7",
          "1e38",
          "-3e38",
          "1e-40",
          "true",
          "false",
          "null",
          "union",
          "base",
          "auto",
          "chatml",
          "float64",
          "float16",
          "weight",
          "t",
          "mlp",
          "q_proj",
          "'*'",
          "[1, 2, 3]",
          "[]",
          "{}",
          "slerp",
          "linear",
          "nuslerp",
          "passthrough");

  @TempDir private static Path directory;

  private static Torch torch;

  /** The tokenizer of b: that of the others, and one with other tokens in some rows. */
  private static String same;

  private static String other;

  @BeforeAll
  static void writeParents() throws IOException {
    torch = Torch.open("cpu");
    TinyCheckpoint tiny = new TinyCheckpoint().layers(1).hidden(4).heads(1, 1, 4).intermediate(4);
    tiny.vocab(8).write(directory.resolve("a"));
    tiny.dtype(DType.BF16).donor(5, 0.1).shards(2).write(directory.resolve("b"));
    tiny.dtype(DType.F16).donor(6, 0.1).shards(1).tied(true).write(directory.resolve("c"));
    for (String parent : List.of("a", "b", "c")) {
      Files.writeString(
          directory.resolve(parent).resolve("generation_config.json"), "{\"eos_token_id\": [2]}\n");
    }
    same = Files.readString(directory.resolve("b/tokenizer.json"));
    other = same.replace("\"a\":4,\"b\":5", "\"b\":4,\"a\":5").replace("\"e\"", "\"+\"");
    Files.createDirectory(directory.resolve("outs"));
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  @ParameterizedTest
  @CsvSource({
    "recipe.yaml, 700",
    "model.safetensors, 300",
    "model.safetensors.index.json, 400",
    "config.json, 300",
    "tokenizer.json, 200",
    "generation_config.json, 100"
  })
  @Timeout(120)
  void aDamagedFileIsMergedRightlyOrIsAnInputError(String damaged, int cases) throws IOException {
    int refused = 0;
    for (int seed = 0; seed < cases; seed++) {
      refused += refused(damaged, new Random(seed * 31L + damaged.hashCode()), "seed " + seed);
    }
    assertTrue(refused > 0 && refused < cases, refused + " refused of " + cases);
  }

  static int refused(String damaged, Random random, String label) throws IOException {
    DrawnRecipe drawn = DrawnRecipe.draw(random);
    Path recipe = directory.resolve(RECIPE);
    Files.writeString(directory.resolve("b/tokenizer.json"), drawn.aligned() ? other : same);
    if (damaged.equals(RECIPE)) {
      String bad =
          random.nextBoolean()
              ? RecipeMutation.of(drawn.yaml(), random)
              : exchanged(drawn.yaml(), random);
      Files.write(recipe, bad.getBytes(StandardCharsets.UTF_8));
      return outcome(recipe, null, label + "\n" + bad) ? 0 : 1;
    }
    Files.writeString(recipe, drawn.yaml());
    Path file = target(damaged, random);
    byte[] good = Files.readAllBytes(file);
    try {
      Files.write(file, damage(file, good, random));
      return outcome(recipe, drawn, label + " of " + file + "\n" + drawn.yaml()) ? 0 : 1;
    } finally {
      Files.write(file, good);
    }
  }

  /** The recipe with a word or a number in the place of another. */
  private static String exchanged(String yaml, Random random) {
    List<MatchResult> words = WORD.matcher(yaml).results().toList();
    List<MatchResult> numbers =
        words.stream().filter(word -> word.group().matches("-?[0-9].*")).toList();
    List<MatchResult> pool = numbers.isEmpty() || random.nextBoolean() ? words : numbers;
    MatchResult old = pool.get(random.nextInt(pool.size()));
    String other =
        random.nextBoolean()
            ? words.get(random.nextInt(words.size())).group()
            : WORDS.get(random.nextInt(WORDS.size()));
    return yaml.substring(0, old.start()) + other + yaml.substring(old.end());
  }

  private static Path target(String damaged, Random random) {
    if (damaged.endsWith("index.json")) {
      return directory.resolve("b").resolve(damaged);
    }
    List<String> names = List.of("a", "b", "c");
    Path file = directory.resolve(names.get(random.nextInt(3))).resolve(damaged);
    return Files.exists(file)
        ? file
        : file.resolveSibling("model-0000%d-of-00002.safetensors".formatted(1 + random.nextInt(2)));
  }

  private static byte[] damage(Path file, byte[] good, Random random) {
    if (!file.toString().endsWith(".safetensors")) {
      return Mutation.of(good, random);
    }
    ByteBuffer bytes = ByteBuffer.wrap(good.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int header = Long.BYTES + (int) bytes.getLong(0);
    if (random.nextInt(10) == 0) {
      return Arrays.copyOf(good, random.nextInt(good.length));
    }
    if (random.nextInt(2) == 0) {
      float number = NUMBERS.get(random.nextInt(NUMBERS.size()));
      int bits = Float.floatToRawIntBits(number);
      if (file.startsWith(directory.resolve("a"))) {
        bytes.putInt(header + random.nextInt((good.length - header) / 4) * 4, bits);
      } else {
        bytes.putShort(
            header + random.nextInt((good.length - header) / 2) * 2, (short) (bits >> 16));
      }
      return bytes.array();
    }
    byte[] bad = Mutation.of(Arrays.copyOf(good, header), random);
    byte[] whole = Arrays.copyOf(bad, bad.length + good.length - header);
    System.arraycopy(good, header, whole, bad.length, good.length - header);
    if (random.nextBoolean() && bad.length >= Long.BYTES) {
      ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putLong(0, bad.length - Long.BYTES);
    }
    return whole;
  }

  /** Whether it was merged; fails where that is neither right nor refused as it should be. */
  private static boolean outcome(Path recipe, DrawnRecipe drawn, String label) throws IOException {
    Path out = directory.resolve("outs/out");
    long start = System.nanoTime();
    try {
      merge(recipe, drawn, out);
      assertEquals(List.of(out), files(out.getParent()));
      return true;
    } catch (InputException e) {
      requireTelling(e.getMessage());
      assertEquals(List.of(), files(out.getParent()));
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(label, e);
    } finally {
      assertTrue(System.nanoTime() - start < 10e9, label);
      delete(out);
    }
  }

  private static void merge(Path file, DrawnRecipe drawn, Path out) {
    MergeRecipe recipe = MergeRecipe.load(file);
    Map<String, Checkpoint> parents = new LinkedHashMap<>();
    for (String model : recipe.models()) {
      if (!List.of("a", "b", "c").contains(model)) {
        throw new InputException(file + " names another model");
      }
      parents.put(model, Checkpoint.open(directory.resolve(model)));
    }
    MergePlan plan = MergePlan.of(recipe, parents);
    long shardBytes = file.toFile().length() % 8 == 0 ? 300 : Long.MAX_VALUE;
    new DiskMerge(torch, plan).write(out, false, shardBytes, Monitors.SILENT);
    Checkpoint merged = Checkpoint.open(out);
    assertEquals(plan.tensors(), merged.tensors().size());
    for (TensorInfo tensor : merged.tensors().values()) {
      if (drawn == null) {
        assertTrue(Arrays.stream(Naive.read(tensor)).allMatch(Double::isFinite), tensor::toString);
      } else {
        drawn
            .difference(tensor, parents, !plan.notes().isEmpty())
            .ifPresent(
                difference -> {
                  throw new AssertionError(difference);
                });
      }
    }
  }

  private static void requireTelling(String message) {
    assertTrue(message.length() < 2500, message);
    boolean placed =
        message.contains(directory.toString())
            || message.toLowerCase().contains("tensor ")
            || message.startsWith("chat_template ");
    assertTrue(placed, message);
  }

  private static List<Path> files(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.toList();
    }
  }

  private static void delete(Path place) throws IOException {
    if (Files.exists(place)) {
      try (Stream<Path> files = Files.walk(place)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
