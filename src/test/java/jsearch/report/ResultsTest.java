package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jsearch.document.Document;
import jsearch.document.Writer;
import jsearch.optimize.Algorithm;
import jsearch.run.Ending;
import jsearch.run.Places;
import jsearch.run.Session;
import jsearch.run.TinyPair;
import jsearch.run.Verdict;
import jsearch.study.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  @TempDir Path temp;

  /** Searches with jsearch lying at {@code home}; returns the lines of the recipe. */
  private List<String> recipe(Path home) throws IOException {
    TinyPair pair = TinyPair.write(temp.resolve("pair"));
    Path study = temp.resolve("study");
    try (Session session =
        Session.create(
            pair.request(Algorithm.RANDOM, 1), () -> study, Clock.systemUTC(), new Places(home))) {
      session.run((trial, finished, total, replayed) -> {}, () -> false);
      Verdict verdict = session.verdict(Examples.COMPATIBILITY);
      Map<String, Object> summary = Results.write(session, verdict, Ending.BUDGET);
      assertEquals(Writer.json(summary), Files.readString(study.resolve("summary.json")));
      assertTrue((double) summary.get("seconds") > 0);
    }
    return Files.readAllLines(study.resolve("recipe.yaml"));
  }

  @Test
  void theRecipeSaysWhatItIsAndHowToFindItAgain() throws IOException {
    List<String> recipe = recipe(temp.resolve("elsewhere"));
    assertTrue(recipe.get(0).startsWith("# The best merge found by jsearch "), recipe.get(0));
    assertTrue(recipe.get(0).endsWith("] points on confirm."), recipe.get(0));
    String again = recipe.get(2).substring("# Find it again: ".length());
    assertTrue(
        again.startsWith("jsearch --base " + temp.resolve("pair/base") + " --donor "), again);
    assertTrue(
        again.contains(
            " --optimizer random --budget 1 --seed 1 --device cpu --dtype float32 --batch-tokens "),
        again);
    assertTrue(
        Files.readAllLines(temp.resolve("study/study.yaml"))
            .contains("# Repeat it from the beginning: " + again));
    assertEquals("base_model: \"" + temp.resolve("pair/base") + "\"", recipe.get(5));
  }

  @Test
  void parentsBesideJsearchAreNamedSoThatMergekitTakesThemForDirectories() throws IOException {
    List<String> recipe = recipe(temp);
    assertEquals("base_model: \"./pair/base\"", recipe.get(5));
    assertTrue(recipe.contains("  - model: \"./pair/donor\""));
  }

  @Test
  void aStoppedSearchLeavesTheBestSoFarAndNoConfirmedScore() throws IOException {
    TinyPair pair = TinyPair.write(temp.resolve("pair"));
    Path study = temp.resolve("study");
    List<Trial> finished = new ArrayList<>();
    try (Session session =
        Session.create(
            pair.request(Algorithm.RANDOM, 1), () -> study, Clock.systemUTC(), new Places(temp))) {
      Results.writeInterim(session);
      assertFalse(Files.exists(study.resolve("recipe.yaml")), "no merge is scored yet");
      // Base, donor and one t for all.
      session.run((trial, f, total, replayed) -> finished.add(trial), () -> finished.size() == 3);
      Map<String, Object> summary = Results.writeInterim(session);
      assertEquals(Writer.json(summary), Files.readString(study.resolve("summary.json")));
      assertEquals(3L, summary.get("trials"));
    }
    List<String> recipe = Files.readAllLines(study.resolve("recipe.yaml"));
    assertTrue(
        recipe
            .get(0)
            .matches("# The best merge so far, by jsearch .*: half, .* \\[.*\\] points on the .*"),
        recipe.get(0));
    assertEquals(
        "# Not confirmed, as the search was stopped. Go on with: jsearch resume " + study,
        recipe.get(1));
    assertTrue(recipe.contains("    - value: 0.5"), recipe.toString());
    Document summary = Document.json(study.resolve("summary.json"));
    assertEquals(
        finished.get(2).outcome().orElseThrow().score(),
        summary.at("best").at("search").at("score").number());
    assertTrue(summary.at("best").find("confirm").isEmpty());
  }
}
