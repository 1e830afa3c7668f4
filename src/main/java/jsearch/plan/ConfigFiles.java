package jsearch.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.Role;
import jsearch.checkpoint.TensorName;
import jsearch.document.Document;
import jsearch.document.Writer;

/** config.json and generation_config.json: the base's, made true of the merge. */
final class ConfigFiles {
  private static final String CONFIG = "config.json";
  private static final String GENERATION = "generation_config.json";
  private static final String TIED = "tie_word_embeddings";

  /** Where the config was loaded from; no one loaded the merge's from there. */
  private static final String ORIGIN = "_name_or_path";

  private final MergePlan plan;
  private final Optional<TokenIds> ids;
  private final Checkpoint tokenizer;
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Object> config;
  private final Optional<Map<String, Object>> generation;

  /**
   * @param alignment the merge's vocabulary, where the recipe asks for one
   * @param tokenizer the parent whose tokenizer the merge has
   */
  ConfigFiles(MergePlan plan, Optional<Alignment> alignment, Checkpoint tokenizer) {
    this.plan = plan;
    this.tokenizer = tokenizer;
    ids = alignment.map(TokenIds::new);
    config = config();
    generation = generation();
    ids.ifPresent(translated -> notes.addAll(translated.notes()));
  }

  /** What a person should know of them, a sentence each. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Writes those that the base has; one that stays as it was is copied. */
  void write(Path directory) throws IOException {
    if (generation.isPresent()) {
      Writer.replace(directory.resolve(GENERATION), Writer.json(generation.get()));
    } else if (Files.exists(generation(plan.base()))) {
      Files.copy(generation(plan.base()), directory.resolve(GENERATION));
    }
    Writer.replace(directory.resolve(CONFIG), Writer.json(config));
  }

  private Map<String, Object> config() {
    Map<String, Object> was = values(plan.base().config());
    Map<String, Object> made = plan.format().map(f -> FormatKeys.set(was, f)).orElse(was);
    made.remove(ORIGIN);
    if (plan.blend(TensorName.EMBEDDING.text()).isPresent()) {
      made.put(TIED, plan.blend(TensorName.HEAD.text()).isEmpty());
    }
    plan.blends().stream()
        .filter(blend -> blend.name().role() == Role.EMBEDDING && blend.name().hasRowPerToken())
        .forEach(embedding -> made.put("vocab_size", embedding.shape().get(0)));
    LayerLists lists = new LayerLists(plan.base(), plan.parents(), plan.blends());
    made.put("num_hidden_layers", plan.layers());
    lists.changed().forEach((list, values) -> put(made, list, values));
    return ids.map(known -> known.of(CONFIG, made, values(tokenizer.config()))).orElse(made);
  }

  private void put(Map<String, Object> made, String key, Optional<List<Object>> values) {
    if (values.isPresent()) {
      made.put(key, values.get());
      return;
    }
    made.remove(key);
    notes.add("%s: %s is left out: not every parent lists its layers.".formatted(CONFIG, key));
  }

  /** The generation config where its ids or its format change; else empty. */
  private Optional<Map<String, Object>> generation() {
    if (!Files.exists(generation(plan.base()))) {
      return Optional.empty();
    }
    Map<String, Object> was = values(Document.json(generation(plan.base())));
    Map<String, Object> formatted = plan.format().map(f -> FormatKeys.replace(was, f)).orElse(was);
    return ids.map(known -> known.of(GENERATION, formatted, generationOfTokenizer()))
        .or(() -> Optional.of(formatted))
        .filter(made -> !made.equals(was));
  }

  private Map<String, Object> generationOfTokenizer() {
    Path file = generation(tokenizer);
    return values(Files.exists(file) ? Document.json(file) : tokenizer.config());
  }

  private static Path generation(Checkpoint parent) {
    return parent.directory().resolve(GENERATION);
  }

  private static Map<String, Object> values(Document document) {
    Map<String, Object> values = new LinkedHashMap<>();
    document.entries().forEach((key, value) -> values.put(key, value.value()));
    return values;
  }
}
