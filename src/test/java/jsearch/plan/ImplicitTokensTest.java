package jsearch.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.InputException;
import jsearch.schedule.MergeRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImplicitTokensTest {
  private static final String RECIPE =
      """
      merge_method: slerp
      base_model: base
      models: [{model: base}, {model: donor}]
      parameters: {t: 0.5}
      """;

  @TempDir Path temp;

  private TokenParents parents(List<String> base, int baseRows, List<String> donor, int donorRows)
      throws IOException {
    return new TokenParents(temp)
        .add("base", new TinyCheckpoint().layers(1).vocab(baseRows), numbered(base), List.of())
        .add("donor", new TinyCheckpoint().layers(1).vocab(donorRows), numbered(donor), List.of());
  }

  private static Map<String, Integer> numbered(List<String> tokens) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    tokens.forEach(token -> ids.put(token, ids.size()));
    return ids;
  }

  private static MergePlan plan(TokenParents parents, String more) {
    return MergePlan.of(MergeRecipe.read("recipe.yaml", RECIPE + more), parents.map());
  }

  private static List<Input> inputs(MergePlan plan) {
    return Stream.of("model.embed_tokens.weight", "lm_head.weight")
        .flatMap(name -> plan.blend(name).orElseThrow().inputs().stream())
        .toList();
  }

  @Test
  void rowsOfOtherTokensAreAlignedAsByTheBasesTokens() throws IOException {
    TokenParents parents = parents(List.of("x", "y", "z"), 3, List.of("y", "x", "z"), 3);
    MergePlan plan = plan(parents, "");
    assertEquals(inputs(plan(parents, "tokenizer_source: base\n")), inputs(plan));
    assertEquals(
        List.of(
            "base and donor have other tokens in 2 of their rows: 0 is x and y, 1 is y and x."
                + " Rows are aligned by token, as by tokenizer_source: base; mergekit does so only"
                + " if the recipe says it."),
        plan.warnings());
  }

  @Test
  void aTokenizerThatWouldOutrunItsRowsKeepsThem() throws IOException {
    TokenParents parents = parents(List.of("x", "y", "z"), 3, List.of("x", "y"), 2);
    MergePlan plan = plan(parents, "");
    assertEquals(3, plan.blend("lm_head.weight").orElseThrow().shape().get(0));
    assertTrue(
        plan.warnings()
            .get(0)
            .startsWith("donor has 2 rows, fewer than the 3 tokens of base. Rows are aligned"),
        plan.warnings().toString());
  }

  @Test
  void tokensThatTheBaseLacksAreNoDisagreement() throws IOException {
    TokenParents parents = parents(List.of("x", "y"), 4, List.of("x", "y", "z"), 4);
    MergePlan plan = plan(parents, "");
    assertEquals(4, plan.blend("lm_head.weight").orElseThrow().shape().get(0));
    assertEquals(List.of(), plan.warnings());
  }

  @Test
  void aTokenOfTheBaseThatHasAnotherRowIsADisagreement() throws IOException {
    TokenParents parents = new TokenParents(temp);
    TinyCheckpoint tiny = new TinyCheckpoint().layers(1).vocab(4);
    parents.add("base", tiny, Map.of("x", 0, "y", 1), List.of());
    parents.add("donor", tiny, Map.of("x", 0, "y", 2), List.of());
    assertTrue(plan(parents, "").warnings().get(0).contains(": 1 is y and no token."));
  }

  @Test
  void withoutATokenizerToAlignByADisagreementIsRefused() throws IOException {
    TokenParents parents = parents(List.of("x", "y", "z"), 3, List.of("x", "y"), 2);
    Files.delete(temp.resolve("donor/tokenizer.json"));
    InputException e = assertThrows(InputException.class, () -> plan(parents, ""));
    assertTrue(e.getMessage().contains("has no tokenizer.json"), e.getMessage());
  }

  @Test
  void whereTheBaseHasNoTokenizerRowsAreMergedByNumber() throws IOException {
    TokenParents parents = parents(List.of("x", "y"), 2, List.of("y", "x"), 2);
    Files.delete(temp.resolve("base/tokenizer.json"));
    assertEquals(List.of(), plan(parents, "").warnings());
  }

  @Test
  void aTokenizerThatCannotBeReadIsAWarning() throws IOException {
    TokenParents parents = parents(List.of("x", "y"), 2, List.of("y", "x"), 2);
    Files.writeString(temp.resolve("donor/tokenizer.json"), "{\"model\": 1}");
    String warning = plan(parents, "").warnings().get(0);
    assertTrue(warning.startsWith("The parents' tokens are not compared: "), warning);
  }
}
