package jsearch.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TensorName;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.Document;
import jsearch.document.Writer;
import jsearch.schedule.MergeRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SideFilesTest {
  @TempDir private Path directory;

  private Checkpoint open(String name, TinyCheckpoint checkpoint) {
    return Checkpoint.open(checkpoint.write(directory.resolve(name)));
  }

  /** A tensor of the merge that is this parent's layer, as a frankenmerge stacks it. */
  private static Blend layer(int layer, Checkpoint parent, int from) {
    String name = "model.layers.%d.input_layernorm.weight";
    TensorInfo tensor = parent.tensor(name.formatted(from));
    return new Blend(
        new TensorName(name.formatted(layer)),
        tensor.shape(),
        DType.F32,
        DType.F32,
        List.of(Input.of(tensor)),
        new Mix.Sum(List.of(1.0), false));
  }

  @Test
  void listsWithAnEntryALayerFollowTheLayers() {
    List<String> types = List.of("sliding", "full", "sliding");
    Checkpoint base =
        open(
            "base",
            new TinyCheckpoint()
                .layers(3)
                .config("layer_types", types)
                .config("no_rope_layers", List.of(1, 1, 0))
                .config("alone", List.of(4, 5, 6))
                .config("eos_token_id", List.of(1, 2, 3))
                .config("architectures", List.of("A", "B", "C")));
    Checkpoint donor =
        open(
            "donor",
            new TinyCheckpoint()
                .layers(4)
                .config("layer_types", List.of("a", "b", "c", "d"))
                .config("no_rope_layers", List.of(7, 8, 9, 10)));
    List<Checkpoint> parents = List.of(base, donor);
    List<Blend> blends =
        List.of(layer(0, base, 0), layer(1, base, 1), layer(2, base, 1), layer(3, donor, 3));
    LayerLists lists = new LayerLists(base, parents, blends);
    assertEquals(4, lists.layers());
    assertEquals(
        Map.of(
            "layer_types", Optional.of(List.of("sliding", "full", "full", "d")),
            "no_rope_layers", Optional.of(List.of(1L, 1L, 1L, 10L)),
            "alone", Optional.empty()),
        lists.changed());
    List<Blend> same = List.of(layer(0, base, 0), layer(1, base, 1), layer(2, base, 2));
    assertEquals(Map.of(), new LayerLists(base, parents, same).changed());
  }

  private TokenIds ids(String source) throws IOException {
    TokenParents parents = new TokenParents(directory);
    parents.add(
        "base",
        new TinyCheckpoint().layers(1).vocab(9),
        Map.of("<s>", 0, "</s>", 1, "a", 2, "<old>", 3),
        List.of());
    parents.add(
        "donor",
        new TinyCheckpoint().layers(1).vocab(4),
        Map.of("a", 0, "<s>", 1, "</s>", 2, "<new>", 3),
        List.of());
    Optional<String> model = Optional.of(source).filter(name -> !name.equals("union"));
    return new TokenIds(Alignment.of(parents.map(), model));
  }

  private static Map<String, Object> config(Object... entries) {
    Map<String, Object> config = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      config.put((String) entries[i], entries[i + 1]);
    }
    return config;
  }

  @Test
  void idsOfTokensFollowTheirTokens() throws IOException {
    TokenIds ids = ids("donor");
    Map<String, Object> base =
        config(
            "bos_token_id", 0L,
            "eos_token_id", Arrays.asList(1L, 3L),
            "pad_token_id", 3L,
            "sep_token_id", 3L,
            "cls_token_id", -1L,
            "mask_token_id", null,
            "hidden_size", 1L);
    Map<String, Object> donor = config("eos_token_id", 3L, "pad_token_id", 3L, "bos_token_id", 0L);
    assertEquals(
        config(
            "bos_token_id", 1L,
            "eos_token_id", List.of(2L),
            "pad_token_id", 3L,
            "sep_token_id", null,
            "cls_token_id", -1L,
            "mask_token_id", null,
            "hidden_size", 1L),
        ids.of("config.json", base, donor));
    assertEquals(
        List.of(
            "config.json: bos_token_id was 0 and is 1, the merge's id.",
            "config.json: eos_token_id was [1, 3] and is [2], the merge's id.",
            "config.json: sep_token_id was 3 and is null, the merge's id."),
        ids.notes());
  }

  @Test
  void idsOfTheBaseStayUnlessTheirRowIsGone() throws IOException {
    for (String source : List.of("base", "union")) {
      TokenIds ids = ids(source);
      Map<String, Object> config = config("eos_token_id", 1L, "pad_token_id", 8L);
      assertEquals(
          config("eos_token_id", 1L, "pad_token_id", null), ids.of("config.json", config, config));
    }
  }

  private Path write(TinyCheckpoint base, TinyCheckpoint donor, Prepared prepare, String... recipe)
      throws IOException {
    Map<String, Checkpoint> parents = new LinkedHashMap<>();
    Path basePath = base.write(directory.resolve("base"));
    Path donorPath = donor.write(directory.resolve("donor"));
    prepare.with(basePath, donorPath);
    parents.put("base", Checkpoint.open(basePath));
    parents.put("donor", Checkpoint.open(donorPath));
    Path file = directory.resolve("recipe.yaml");
    String source =
        Arrays.stream(recipe).findFirst().map(s -> "tokenizer_source: " + s + "\n").orElse("");
    Files.writeString(
        file,
        """
        merge_method: slerp
        base_model: base
        models: [{model: donor}]
        parameters: {t: 0.5}
        chat_template: chatml
        """
            + source);
    SideFiles files = new SideFiles(MergePlan.of(MergeRecipe.load(file), parents));
    notes.addAll(files.notes());
    Path out = Files.createDirectory(directory.resolve("out"));
    files.write(out, "Merge");
    return out;
  }

  private final List<String> notes = new ArrayList<>();

  private interface Prepared {
    void with(Path base, Path donor) throws IOException;
  }

  @Test
  void codeThatAParentBringsIsCopiedAndTold() throws IOException {
    Path out =
        write(
            new TinyCheckpoint().config("auto_map", Map.of("AutoModel", "modeling_x.Model")),
            new TinyCheckpoint(),
            (base, donor) -> {
              Files.writeString(base.resolve("modeling_x.py"), "base");
              Files.writeString(base.resolve("layers_x.py"), "imported");
              Files.writeString(donor.resolve("other.py"), "donor");
            });
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          Set.of("modeling_x.py", "layers_x.py"),
          files
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(".py"))
              .collect(Collectors.toSet()));
    }
    assertEquals(
        List.of(
            "The parents' own code (auto_map) is copied: layers_x.py, modeling_x.py. Read it before"
                + " you run it."),
        notes);
  }

  @Test
  void tokenizerTemplateAndGenerationConfigFollowTheVocabulary() throws IOException {
    Path out =
        write(
            new TinyCheckpoint(),
            new TinyCheckpoint().config("eos_token_id", 0),
            (base, donor) -> {
              Files.writeString(
                  base.resolve("generation_config.json"),
                  Writer.json(Map.of("eos_token_id", List.of(2, 263), "top_p", 0.9)));
              Path tokens = donor.resolve("tokenizer.json");
              String text = Document.readText(tokens);
              Files.writeString(
                  tokens, text.replace("\"</s>\":2", "\"</s>\":3").replace("\"Ġ\":3", "\"Ġ\":2"));
            },
            "donor");
    Document generation = Document.json(out.resolve("generation_config.json"));
    assertEquals(Map.of("eos_token_id", List.of(3L), "top_p", 0.9), generation.value());
    assertEquals(3L, Document.json(out.resolve("config.json")).at("eos_token_id").value());
    assertTrue(Document.readText(out.resolve("chat_template.jinja")).contains("<|im_start|>"));
    assertEquals(
        -1,
        Files.mismatch(directory.resolve("donor/tokenizer.json"), out.resolve("tokenizer.json")));
    assertEquals(
        List.of(
            "config.json: eos_token_id was 2 and is 3, the merge's id.",
            "generation_config.json: eos_token_id was [2, 263] and is [3], the merge's id."),
        notes);
  }

  @Test
  void everyKeyOfTheFormatSaysWhatTheWeightsAre() throws IOException {
    Path out =
        write(
            new TinyCheckpoint()
                .dtype(DType.F16)
                .config("dtype", "bfloat16")
                .config("torch_dtype", "float16")
                .config("_name_or_path", "someone/base")
                .config("text_config", Map.of("torch_dtype", "float16", "x", 1)),
            new TinyCheckpoint().dtype(DType.F16),
            (base, donor) ->
                Files.writeString(
                    base.resolve("generation_config.json"),
                    Writer.json(Map.of("torch_dtype", "bfloat16", "top_p", 0.9))));
    Document config = Document.json(out.resolve("config.json"));
    assertEquals("float16", config.at("dtype").text());
    assertEquals("float16", config.at("torch_dtype").text());
    assertEquals(Map.of("torch_dtype", "float16", "x", 1L), config.at("text_config").value());
    assertTrue(config.find("_name_or_path").isEmpty());
    Document generation = Document.json(out.resolve("generation_config.json"));
    assertEquals(Map.of("torch_dtype", "float16", "top_p", 0.9), generation.value());
  }

  @ParameterizedTest
  @CsvSource({"dtype, dtype", "torch_dtype, torch_dtype", "other, torch_dtype"})
  void theFormatKeepsTheKeyThatTheBaseHas(String has, String written) {
    Map<String, Object> made = FormatKeys.set(config(has, "float32"), DType.BF16);
    assertEquals("bfloat16", made.get(written));
    assertEquals(has.equals(written) ? 1 : 2, made.size());
  }
}
