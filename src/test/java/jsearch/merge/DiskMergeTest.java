package jsearch.merge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.plan.Blend;
import jsearch.plan.MergePlan;
import jsearch.plan.Parents;
import jsearch.schedule.MergeRecipe;
import jsearch.schedule.Recipe;
import jsearch.schedule.Schedule;
import jsearch.torch.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DiskMergeTest {
  private static final int LAYERS = 3;
  private static final long ONE_FILE = Long.MAX_VALUE;

  private static Torch torch;

  @TempDir private Path directory;

  @BeforeAll
  static void open() {
    torch = Torch.open("cpu");
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  private Parents parents(DType dtype, boolean baseTied, boolean donorTied) {
    TinyCheckpoint base = new TinyCheckpoint().layers(LAYERS).dtype(dtype).tied(baseTied);
    TinyCheckpoint donor = new TinyCheckpoint().layers(LAYERS).dtype(dtype).tied(donorTied);
    return Parents.of(
        Checkpoint.open(base.write(directory.resolve("base"))),
        Checkpoint.open(donor.donor(3, 0.08).write(directory.resolve("donor"))));
  }

  private Parents parents() {
    return parents(DType.BF16, false, false);
  }

  private MergeRecipe recipe(String yaml) throws IOException {
    String head = "merge_method: slerp\nbase_model: base\nmodels: [{model: donor}]\n";
    return MergeRecipe.load(Files.writeString(directory.resolve("recipe.yaml"), head + yaml));
  }

  private MergeRecipe halfway() throws IOException {
    return recipe("parameters: {t: 0.5}\n");
  }

  private static MergePlan plan(Parents parents, MergeRecipe recipe) {
    return MergePlan.of(
        recipe, Map.of(recipe.base(), parents.base(), recipe.models().get(1), parents.donor()));
  }

  private Checkpoint merge(Parents parents, MergeRecipe recipe) {
    Path out = directory.resolve("out");
    assertTrue(
        new DiskMerge(torch, plan(parents, recipe)).write(out, false, ONE_FILE, Monitors.SILENT));
    return Checkpoint.open(out);
  }

  /** Everything in the directory but the parents and the recipe. */
  private Set<String> left() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !Set.of("base", "donor", "recipe.yaml").contains(name))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static byte[] bytes(TensorInfo info) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) info.bytes());
    try (FileChannel channel = FileChannel.open(info.file(), StandardOpenOption.READ)) {
      channel.read(bytes, info.offset());
    }
    return bytes.array();
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void aRecipeOfOursGivesTheCandidateOfTheSearchBitForBit(DType dtype) throws IOException {
    Schedule schedule =
        new Schedule(
            LAYERS,
            List.of(
                new Schedule.Rule("self_attn", List.of(0.1, 0.5, 0.85)),
                new Schedule.Rule("mlp", List.of(1.0, 0.3, 0.0)),
                new Schedule.Rule(Schedule.ANY, List.of(0.9, 0.4, 0.25))));
    Parents parents = parents(dtype, false, false);
    Path file = directory.resolve("recipe.yaml");
    Files.writeString(file, new Recipe("made here", "base", "donor", dtype, schedule).yaml());
    Checkpoint merged = merge(parents, MergeRecipe.load(file));
    assertEquals(parents.base().tensors().keySet(), merged.tensors().keySet());
    try (ParentWeights weights = new ParentWeights(torch, parents)) {
      CandidateWeights candidate = weights.candidate(dtype);
      candidate.write(schedule);
      for (Blend pair : weights.blends()) {
        String name = pair.name().text();
        ByteBuffer memory = candidate.weights().get(name).memory();
        byte[] expected = new byte[memory.remaining()];
        memory.get(expected);
        assertArrayEquals(expected, bytes(merged.tensor(name)), name);
      }
    }
  }

  @Test
  void aTensorOfManyPartsIsTheNaiveSlerp() throws IOException {
    TinyCheckpoint wide = new TinyCheckpoint().layers(1).hidden(1100).intermediate(1000);
    Parents parents =
        Parents.of(
            Checkpoint.open(wide.write(directory.resolve("base"))),
            Checkpoint.open(wide.donor(4, 0.1).write(directory.resolve("donor"))));
    Checkpoint merged = merge(parents, halfway());
    String name = "model.layers.0.mlp.up_proj.weight";
    double[] expected =
        Naive.slerp(
            Naive.read(parents.base().tensor(name)), Naive.read(parents.donor().tensor(name)), 0.5);
    assertTrue(expected.length > 1 << 20);
    double[] actual = Naive.read(merged.tensor(name));
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 2e-7, name + " " + i);
    }
    try (ParentWeights weights = new ParentWeights(torch, parents)) {
      CandidateWeights candidate = weights.candidate(DType.F32);
      candidate.write(Schedule.global(1, 0.5));
      float[] held = candidate.weights().get(name).floats();
      for (int i = 0; i < held.length; i++) {
        assertEquals(held[i], actual[i], name + " " + i);
      }
    }
  }

  @Test
  void shardsHoldAtMostTheirSizeUnlessOneTensorIsLarger() throws IOException {
    Path out = directory.resolve("out");
    Parents parents = parents();
    new DiskMerge(torch, plan(parents, halfway())).write(out, false, 4000, Monitors.SILENT);
    Checkpoint merged = Checkpoint.open(out);
    assertEquals(parents.base().tensors().keySet(), merged.tensors().keySet());
    var shards = merged.tensors().values().stream().collect(Collectors.groupingBy(i -> i.file()));
    assertTrue(shards.size() > 3);
    shards.forEach(
        (file, tensors) -> {
          long size = tensors.stream().mapToLong(TensorInfo::bytes).sum();
          assertTrue(size <= 4000 || tensors.size() == 1, file + " " + size);
        });
    Document index = Document.json(out.resolve("model.safetensors.index.json"));
    long total = merged.tensors().values().stream().mapToLong(TensorInfo::bytes).sum();
    assertEquals(total, index.at("metadata").at("total_size").value());
    assertFalse(Files.exists(out.resolve("model.safetensors")));
  }

  @Test
  void theDirectoryHasTokenizerRecipeAndCard() throws IOException {
    Parents parents = parents();
    Files.writeString(directory.resolve("base/generation_config.json"), "{}");
    Files.writeString(directory.resolve("base/chat_template.jinja"), "base's");
    Files.writeString(directory.resolve("donor/chat_template.jinja"), "donor's");
    MergeRecipe recipe = recipe("tokenizer_source: donor\nparameters: {t: 0.5}\n");
    Path out = merge(parents, recipe).directory();
    assertEquals("donor's", Document.readText(out.resolve("chat_template.jinja")));
    assertEquals("{}", Document.readText(out.resolve("generation_config.json")));
    assertEquals(
        -1, Files.mismatch(directory.resolve("recipe.yaml"), out.resolve("mergekit_config.yml")));
    assertEquals(
        -1,
        Files.mismatch(directory.resolve("donor/tokenizer.json"), out.resolve("tokenizer.json")));
    String card = Document.readText(out.resolve("README.md"));
    assertTrue(card.startsWith("---\n"), card);
    Document front = Document.yaml("README.md", card.split("---\n")[1]);
    assertEquals("transformers", front.at("library_name").text());
    assertEquals(List.of("mergekit", "merge", "jsearch"), front.at("tags").value());
    assertEquals(List.of(), front.at("base_model").value());
    assertTrue(card.contains(recipe.text().strip()), card);
  }

  @ParameterizedTest
  @CsvSource({"true, true, true, false", "true, false, false, true", "false, false, false, true"})
  void theConfigIsTiedOnlyWhereNoParentHasAHead(
      boolean base, boolean donor, boolean tied, boolean head) throws IOException {
    Checkpoint merged = merge(parents(DType.F16, base, donor), halfway());
    assertEquals(tied, merged.config().at("tie_word_embeddings").bool());
    assertEquals(head, merged.tensors().containsKey("lm_head.weight"));
  }

  @Test
  void stoppingLeavesNothingBehind() throws IOException {
    DiskMerge merge = new DiskMerge(torch, plan(parents(), halfway()));
    Path out = directory.resolve("out");
    assertFalse(merge.write(out, false, 4000, Monitors.stopping(20_000, warning -> {})));
    assertEquals(Set.of(), left());
  }

  @Test
  void aWeightThatIsNotFiniteLeavesNothingBehind() throws IOException {
    Parents parents = parents();
    TensorInfo victim = parents.donor().tensor("model.layers.1.mlp.up_proj.weight");
    try (FileChannel channel = FileChannel.open(victim.file(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) 0x80, 0x7f}), victim.offset() + 10);
    }
    assertRefused(parents, halfway(), false, "up_proj.weight of " + victim.file());
    assertEquals(Set.of(), left());
  }

  @Test
  void aParentThatChangesMeanwhileLeavesNothingBehind() throws IOException {
    Parents parents = parents();
    DiskMerge merge = new DiskMerge(torch, plan(parents, halfway()));
    Path file = directory.resolve("donor/model.safetensors");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    InputException e =
        assertThrows(
            InputException.class,
            () -> merge.write(directory.resolve("out"), false, ONE_FILE, Monitors.SILENT));
    assertTrue(e.getMessage().contains(file + " changed while"), e.getMessage());
    assertEquals(Set.of(), left());
  }

  @Test
  void aParentThatIsCutShortMeanwhileLeavesNothingBehind() throws IOException {
    Parents parents = parents();
    DiskMerge merge = new DiskMerge(torch, plan(parents, halfway()));
    Path file = directory.resolve("donor/model.safetensors");
    MergeMonitor cutting =
        new MergeMonitor() {
          @Override
          public void written(long bytes, long total) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
              channel.truncate(Math.min(channel.size(), 3000));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public void note(String note) {}

          @Override
          public void warn(String warning) {}

          @Override
          public boolean stop() {
            return false;
          }
        };
    InputException e =
        assertThrows(
            InputException.class,
            () -> merge.write(directory.resolve("out"), false, ONE_FILE, cutting));
    assertTrue(e.getMessage().startsWith(file + " ends at byte 3000, expected "), e.getMessage());
    assertEquals(Set.of(), left());
  }

  @Test
  void aCheckpointThatStandsThereIsReplacedOnlyByForce() throws IOException {
    Parents parents = parents();
    Path out = merge(parents, halfway()).directory();
    Files.writeString(out.resolve("mine.txt"), "x");
    assertRefused(parents, halfway(), false, "holds a checkpoint");
    assertTrue(Files.exists(out.resolve("mine.txt")));
    assertTrue(
        new DiskMerge(torch, plan(parents, halfway())).write(out, true, ONE_FILE, Monitors.SILENT));
    assertFalse(Files.exists(out.resolve("mine.txt")));
    assertEquals(Set.of("out"), left());
  }

  @Test
  void aStopDuringReplacementKeepsTheOldCheckpoint() throws IOException {
    Parents parents = parents();
    Path out = merge(parents, halfway()).directory();
    Files.writeString(out.resolve("mine.txt"), "x");
    DiskMerge merge = new DiskMerge(torch, plan(parents, halfway()));
    assertFalse(merge.write(out, true, ONE_FILE, Monitors.stopping(100, warning -> {})));
    assertTrue(Files.exists(out.resolve("mine.txt")));
    assertEquals(Set.of("out"), left());
  }

  @Test
  void noForceReplacesWhatIsNoCheckpointOrAParent() throws IOException {
    Parents parents = parents();
    Path out = Files.createDirectory(directory.resolve("out"));
    assertTrue(
        new DiskMerge(torch, plan(parents, halfway()))
            .write(out, false, ONE_FILE, Monitors.SILENT));
    Files.delete(out.resolve("config.json"));
    assertRefused(parents, halfway(), true, "holds no checkpoint");
    DiskMerge merge = new DiskMerge(torch, plan(parents, halfway()));
    InputException e =
        assertThrows(
            InputException.class,
            () -> merge.write(directory.resolve("out/../base"), true, ONE_FILE, Monitors.SILENT));
    assertTrue(e.getMessage().contains("is or holds the parent"), e.getMessage());
  }

  @Test
  void rowsOfOneTokenAreMergedWhereTheRecipeAsksForIt() throws IOException {
    Parents parents = parents();
    Path file = directory.resolve("donor/tokenizer.json");
    String text =
        Document.readText(file).replace("\"a\":4", "\"a\":5").replace("\"b\":5", "\"b\":4");
    Files.writeString(file, text);
    MergeRecipe donors = recipe("tokenizer_source: base\nparameters: {t: 1}\n");
    Checkpoint merged = merge(parents, donors);
    for (String name : List.of("model.embed_tokens.weight", "lm_head.weight")) {
      double[] expected = Naive.read(parents.donor().tensor(name));
      int width = expected.length / 264;
      for (int i = 0; i < width; i++) {
        double row4 = expected[4 * width + i];
        expected[4 * width + i] = expected[5 * width + i];
        expected[5 * width + i] = row4;
      }
      // The five rows behind the last token are padding.
      assertArrayEquals(
          Arrays.copyOf(expected, 259 * width), Naive.read(merged.tensor(name)), name);
    }
  }

  @Test
  void aTensorThatNoFilterFitsIsRefused() throws IOException {
    MergeRecipe attention = recipe("parameters: {t: [{filter: self_attn, value: 0.5}]}\n");
    assertRefused(parents(), attention, false, "No filter of parameters.t fits tensor lm_head");
  }

  @Test
  void whatAPersonShouldKnowIsTold() throws IOException {
    List<String> warnings = new ArrayList<>();
    MergeRecipe recipe = recipe("parameters: {t: [{filter: lm_head, value: 1.5}, {value: 1}]}\n");
    new DiskMerge(torch, plan(parents(), recipe))
        .write(directory.resolve("out"), false, ONE_FILE, Monitors.warning(warnings::add));
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).startsWith("t is 1.5 for tensor lm_head.weight"), warnings.get(0));
  }

  private void assertRefused(Parents parents, MergeRecipe recipe, boolean force, String expected) {
    Path out = directory.resolve("out");
    InputException e =
        assertThrows(
            InputException.class,
            () ->
                new DiskMerge(torch, plan(parents, recipe))
                    .write(out, force, ONE_FILE, Monitors.SILENT));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
