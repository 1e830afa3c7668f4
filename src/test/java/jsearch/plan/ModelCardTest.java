package jsearch.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCardTest {
  @TempDir private Path directory;

  private final Map<String, Checkpoint> parents = new LinkedHashMap<>();

  @BeforeEach
  void open() {
    TinyCheckpoint tiny = new TinyCheckpoint().layers(1);
    parents.put("org/one", Checkpoint.open(tiny.write(directory.resolve("snapshots/1"))));
    parents.put("org/two@v1.0", Checkpoint.open(tiny.write(directory.resolve("snapshots/2"))));
    parents.put("mine/three", Checkpoint.open(tiny.write(directory.resolve("mine/three"))));
    Path four = tiny.write(directory.resolve("four"));
    parents.put(four.toString(), Checkpoint.open(four));
  }

  @Test
  void theFrontNamesParentsOfTheHubOnly() {
    String card = ModelCard.of("Merge", "linear", parents, "a: 1");
    Document front = Document.yaml("README.md", card.split("---\n")[1]);
    assertEquals(
        Map.of(
            "base_model",
            List.of("org/one", "org/two"),
            "base_model_relation",
            "merge",
            "library_name",
            "transformers",
            "tags",
            List.of("mergekit", "merge", "jsearch")),
        front.value());
  }

  @Test
  void theTextNamesMethodParentsAndRecipe() {
    String card = ModelCard.of("Merge", "linear", parents, "a: 1\n");
    assertTrue(
        card.endsWith(
            """
            # Merge

            This is a merge of 4 language models, made with jsearch: a weighted average (linear).

            * [org/one](https://huggingface.co/org/one) (base)
            * [org/two](https://huggingface.co/org/two) at v1.0
            * three
            * four

            The recipe, which [mergekit](https://github.com/arcee-ai/mergekit) reads too:

            ```yaml
            a: 1
            ```
            """),
        card);
    assertFalse(card.contains(directory.toString()), card);
  }

  @Test
  void aRecipeWithAFenceStaysInItsBlock() {
    String recipe = "# ````\nchat_template: '```'";
    String card = ModelCard.of("Merge", "slerp", parents, recipe);
    assertTrue(card.endsWith("`````yaml\n" + recipe + "\n`````\n"), card);
  }
}
