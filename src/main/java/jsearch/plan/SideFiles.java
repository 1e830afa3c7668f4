package jsearch.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.Writer;
import jsearch.schedule.MergeRecipe;

/** What a checkpoint has beside its weights: config, tokenizer, model card, recipe. */
public final class SideFiles {
  private final MergePlan plan;
  private final ConfigFiles configs;
  private final TokenizerFiles tokenizers;
  private final OwnCode code;

  /**
   * The files of this merge.
   *
   * @throws jsearch.document.InputException when the recipe's {@code chat_template} is none
   */
  public SideFiles(MergePlan plan) {
    this.plan = plan;
    Checkpoint tokenizer = plan.tokenizer();
    configs = new ConfigFiles(plan, plan.alignment(), tokenizer);
    tokenizers =
        new TokenizerFiles(
            tokenizer.directory(),
            plan.alignment(),
            plan.recipe().chatTemplate().flatMap(asked -> ChatTemplate.of(asked, plan.parents())));
    code = new OwnCode(plan.base(), tokenizer);
  }

  /** What a person should know of these files, a sentence each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(configs.notes());
    if (!code.names().isEmpty()) {
      notes.add(
          "The parents' own code (auto_map) is copied: %s. Read it before you run it."
              .formatted(String.join(", ", code.names())));
    }
    return notes;
  }

  /**
   * Writes them all.
   *
   * @param name the merged checkpoint's name, the title of its card
   */
  public void write(Path directory, String name) throws IOException {
    MergeRecipe recipe = plan.recipe();
    tokenizers.write(directory);
    code.write(directory);
    Writer.replace(directory.resolve("mergekit_config.yml"), recipe.text());
    Map<String, Checkpoint> parents = new LinkedHashMap<>();
    recipe.models().forEach(model -> parents.put(model, plan.parent(model)));
    String card = ModelCard.of(name, recipe.method().word(), parents, recipe.text());
    Writer.replace(directory.resolve("README.md"), card);
    configs.write(directory);
  }
}
