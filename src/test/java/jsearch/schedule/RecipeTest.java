package jsearch.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import jsearch.checkpoint.DType;
import jsearch.document.Document;
import jsearch.schedule.Schedule.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
  private static final Path GOLDEN = Path.of("src/test/resources/jsearch/schedule/recipe.yaml");

  private static Recipe recipe(String comment, DType dtype, Schedule schedule) {
    return new Recipe(comment, "models/a: b", "org/donor", dtype, schedule);
  }

  /** This test seals the format: mergekit and people read it. */
  @Test
  void theFormatIsSealed() {
    Schedule schedule =
        new Schedule(
            6,
            List.of(
                new Rule("self_attn", List.of(0.0, 0.00001, 0.1, 1.0 / 3, 0.75, 1.0)),
                new Rule("mlp", List.of(0.3, 0.3, 0.3, 0.3, 0.3, 0.3)),
                new Rule("*", List.of(0.9, 0.5, 0.5, 0.5, 0.5, 0.4))));
    String comment = "Found by jsearch.\n\nRepeat it: jsearch --seed 1\n";
    assertEquals(Document.readText(GOLDEN), recipe(comment, DType.BF16, schedule).yaml());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ramp", "v-curve"})
  void readingARecipeBackGivesTheSameSchedule(String family) {
    Family space = Family.load(Path.of("search-spaces", family + ".yaml"));
    Random random = new Random(7);
    for (int layers : List.of(1, 2, 3, 8, 30)) {
      for (int i = 0; i < 4; i++) {
        List<Double> point = Stream.generate(random::nextDouble).limit(6).toList();
        Schedule schedule = space.schedule(point, layers);
        String yaml = recipe("", DType.BF16, schedule).yaml();
        Document t = Document.yaml("recipe.yaml", yaml).at("parameters").at("t");
        assertEquals(schedule, Template.read(t).schedule(layers));
      }
    }
  }

  @Test
  void aCommentCannotBecomePartOfTheRecipe() {
    Schedule schedule = Schedule.global(2, 0.5);
    String comment = "one\rdtype: float64\r\ntwo\u2028dtype: float64\u0085dtype: float64";
    String yaml = recipe(comment, DType.BF16, schedule).yaml();
    assertEquals("float32", Document.yaml("recipe.yaml", yaml).at("dtype").text());
    assertTrue(yaml.startsWith("# one\n# dtype: float64\n# two\n# dtype: float64\n# dtype"), yaml);
  }

  @ParameterizedTest
  @CsvSource({"F32, float32", "F16, float16", "BF16, bfloat16", "F64, float64"})
  void theResultIsRoundedOnceToTheBasesFormat(DType dtype, String name) {
    Document recipe =
        Document.yaml("recipe.yaml", recipe("", dtype, Schedule.global(2, 0.5)).yaml());
    assertEquals("float32", recipe.at("dtype").text());
    assertEquals(name, recipe.at("out_dtype").text());
  }

  @Test
  void parentsKeepTheirOrderAndTheirSpelling() {
    Recipe written = new Recipe("", "C:\\a \"b\" # c", "d: {e}", DType.F32, Schedule.global(1, 0));
    Document recipe = Document.yaml("recipe.yaml", written.yaml());
    assertEquals("C:\\a \"b\" # c", recipe.at("base_model").text());
    List<Document> models = recipe.at("models").items();
    assertEquals("C:\\a \"b\" # c", models.get(0).at("model").text());
    assertEquals("d: {e}", models.get(1).at("model").text());
  }
}
