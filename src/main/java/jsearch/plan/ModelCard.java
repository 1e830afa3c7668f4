package jsearch.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.Writer;

/** The README.md of a merged checkpoint: front matter for the Hub, then text for people. */
final class ModelCard {
  private static final Pattern HUB_ID =
      Pattern.compile("(?<id>\\w[\\w.-]*/\\w[\\w.-]*)(@(?<revision>\\S+))?");

  private static final Map<String, String> METHODS =
      Map.of(
          "slerp", "spherical interpolation (SLERP)",
          "linear", "a weighted average (linear)",
          "passthrough", "layers as they are (passthrough, a frankenmerge)",
          "nuslerp", "spherical interpolation by weights (NuSLERP)");

  private ModelCard() {}

  /**
   * The card's text. Parents on the Hub are named by id, others by their directory's last name.
   *
   * @param name title, the merge's name
   * @param method {@code merge_method} of the recipe
   * @param parents by their names in the recipe, the base first
   * @param recipe the recipe's whole text
   */
  static String of(String name, String method, Map<String, Checkpoint> parents, String recipe) {
    List<String> ids = new ArrayList<>();
    parents.forEach(
        (text, parent) -> hub(text, parent).map(id -> id.group("id")).ifPresent(ids::add));
    Map<String, Object> front = new LinkedHashMap<>();
    front.put("base_model", ids.stream().distinct().toList());
    if (!ids.isEmpty()) {
      front.put("base_model_relation", "merge");
    }
    front.put("library_name", "transformers");
    front.put("tags", List.of("mergekit", "merge", "jsearch"));
    return """
        ---
        %s---
        # %s

        This is a merge of %d language model%s, made with jsearch: %s.

        %s

        The recipe, which [mergekit](https://github.com/arcee-ai/mergekit) reads too:

        %s
        """
        .formatted(
            Writer.yaml(front),
            name,
            parents.size(),
            parents.size() == 1 ? "" : "s",
            METHODS.getOrDefault(method, method),
            bullets(parents),
            fenced(recipe.strip()));
  }

  private static String bullets(Map<String, Checkpoint> parents) {
    List<String> bullets = new ArrayList<>();
    parents.forEach(
        (text, parent) ->
            bullets.add(
                "* %s%s".formatted(shown(text, parent), bullets.isEmpty() ? " (base)" : "")));
    return String.join("\n", bullets);
  }

  /** A link for an id of the Hub, else the directory's name. */
  private static String shown(String text, Checkpoint parent) {
    Path directory = parent.directory().toAbsolutePath().normalize();
    return hub(text, parent)
        .map(
            id ->
                "[%s](https://huggingface.co/%<s)".formatted(id.group("id"))
                    + Optional.ofNullable(id.group("revision")).map(" at "::concat).orElse(""))
        .orElseGet(() -> String.valueOf(directory.getFileName()));
  }

  /** An id, unless the name is the path of the directory that was read. */
  private static Optional<Matcher> hub(String text, Checkpoint parent) {
    Matcher matcher = HUB_ID.matcher(text);
    return matcher.matches() && !parent.directory().endsWith(text)
        ? Optional.of(matcher)
        : Optional.empty();
  }

  /** As a block of code whose fence is longer than any run of backticks in it. */
  private static String fenced(String recipe) {
    String fence =
        "`"
            .repeat(
                Pattern.compile("`+")
                    .matcher(recipe)
                    .results()
                    .map(run -> run.group().length() + 1)
                    .collect(Collectors.maxBy(Integer::compare))
                    .map(length -> Math.max(3, length))
                    .orElse(3));
    return fence + "yaml\n" + recipe + "\n" + fence;
  }
}
