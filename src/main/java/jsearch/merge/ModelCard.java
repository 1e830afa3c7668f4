package jsearch.merge;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jsearch.document.Writer;
import jsearch.schedule.MergeRecipe;

/** The README.md of a merged checkpoint: front matter for the Hub, then text for people. */
final class ModelCard {
  private static final Pattern HUB_ID = Pattern.compile("\\w[\\w.-]*/\\w[\\w.-]*");

  private ModelCard() {}

  static String of(String name, MergeRecipe recipe) {
    Map<String, Object> front = new LinkedHashMap<>();
    List<String> parents = recipe.models();
    front.put("base_model", parents.stream().filter(p -> HUB_ID.matcher(p).matches()).toList());
    front.put("library_name", "transformers");
    front.put("tags", List.of("mergekit", "merge", "jsearch"));
    return """
        ---
        %s---
        # %s

        This is a spherical interpolation (SLERP) of two language models, made with jsearch.

        * base (t = 0): %s
        * donor (t = 1): %s

        The recipe, which [mergekit](https://github.com/arcee-ai/mergekit) reads too:

        ```yaml
        %s
        ```
        """
        .formatted(
            Writer.yaml(front),
            name,
            shown(recipe.base()),
            shown(recipe.models().get(recipe.models().size() - 1)),
            recipe.text().strip());
  }

  /** A link for an id of the Hub, else the directory's name. */
  private static String shown(String parent) {
    return HUB_ID.matcher(parent).matches()
        ? "[%s](https://huggingface.co/%<s)".formatted(parent)
        : String.valueOf(Path.of(parent).getFileName());
  }
}
