package jsearch.merge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.Document;
import jsearch.document.Writer;
import jsearch.schedule.MergeRecipe;
import jsearch.schedule.Recipe;
import jsearch.schedule.TokenizerSource;

/** What a checkpoint has beside its weights: config, tokenizer, model card, recipe. */
final class SideFiles {
  private static final String HEAD = "lm_head.weight";
  private static final String TIED = "tie_word_embeddings";
  private static final List<String> TOKENIZER =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "tokenizer.model",
          "vocab.json",
          "merges.txt",
          "chat_template.jinja",
          "chat_template.json");

  private final MergePlan plan;

  SideFiles(MergePlan plan) {
    this.plan = plan;
  }

  /**
   * Writes them all.
   *
   * @param name the merged checkpoint's name, the title of its card
   */
  void write(Path directory, String name) throws IOException {
    MergeRecipe recipe = plan.recipe();
    copy(plan.base(), "generation_config.json", directory);
    Checkpoint tokenizers =
        recipe.tokenizer().flatMap(TokenizerSource::model).map(plan::parent).orElse(plan.base());
    for (String file : TOKENIZER) {
      copy(tokenizers, file, directory);
    }
    Writer.replace(directory.resolve("mergekit_config.yml"), recipe.text());
    Writer.replace(directory.resolve("README.md"), ModelCard.of(name, recipe));
    Writer.replace(directory.resolve("config.json"), Writer.json(config()));
  }

  private static void copy(Checkpoint parent, String file, Path directory) throws IOException {
    Path source = parent.directory().resolve(file);
    if (Files.exists(source)) {
      Files.copy(source, directory.resolve(file));
    }
  }

  private Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    plan.base().config().entries().forEach((key, value) -> config.put(key, value.value()));
    // transformers 4 calls it torch_dtype, 5 dtype; both read both.
    String key = config.containsKey("dtype") ? "dtype" : "torch_dtype";
    plan.format().ifPresent(dtype -> config.put(key, Recipe.name(dtype)));
    if (plan.blend(HEAD).isPresent() && !plan.parents().stream().allMatch(SideFiles::tied)) {
      config.put(TIED, false);
    }
    return config;
  }

  /** By its config; where that is silent, by whether there is a head. */
  private static boolean tied(Checkpoint parent) {
    return parent
        .config()
        .find(TIED)
        .map(Document::bool)
        .orElse(!parent.tensors().containsKey(HEAD));
  }
}
