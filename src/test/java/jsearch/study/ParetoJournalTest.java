package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import jsearch.document.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seals the journal of two scores: Optuna 5.0.0 read pareto.log as pareto.json says. */
class ParetoJournalTest {
  @TempDir Path results;

  @Test
  void aStudyOfTwoScoresWritesTheBytesThatOptunaRead() throws IOException {
    GoldenJournal.writePareto(results.resolve("pareto"));
    assertEquals(resource("pareto.log"), Files.readString(results.resolve("pareto/journal.log")));
  }

  @Test
  void optunaReadsBothScoresAsTheStudyDoes() throws IOException {
    try (Study study = copy(resource("pareto.log"))) {
      assertEquals(List.of("MAXIMIZE", "MAXIMIZE"), seen().at("directions").value());
      assertEquals(seen().at("metric_names").value(), study.axes());
      List<Document> others = seen().at("trials").items();
      assertEquals(others.size(), study.trials().size());
      for (Trial trial : study.trials()) {
        Document other = others.get(trial.number());
        assertEquals(other.at("state").text(), trial.state().name());
        assertEquals(other.find("values").map(Document::value), trial.outcome().map(Outcome::axes));
        assertEquals(
            other.at("user_attrs").find("objective").map(Document::number),
            trial.outcome().map(Outcome::objective));
      }
    }
  }

  @Test
  void optunaFindsTheSameMergesOfWhichNoneIsBeaten() throws IOException {
    try (Study study = copy(resource("pareto.log"))) {
      // Optuna takes the parents for candidates too; this one is beaten.
      TreeSet<Long> numbers = new TreeSet<>();
      Selection.paretoSet(study.trials()).forEach(trial -> numbers.add((long) trial.number()));
      assertEquals(seen().at("best_trials").value(), List.copyOf(numbers));
    }
  }

  @Test
  void theOptimizerIsToldTheOneNumber() throws IOException {
    try (Study study = copy(resource("pareto.log"))) {
      assertEquals(
          List.of(Double.NaN, -0.125, 0.0),
          study.history().stream().map(evaluation -> evaluation.score()).toList());
    }
  }

  @Test
  void aStudyCutOffBeforeItsScoresWereNamedNamesThemWhenItGoesOn() throws IOException {
    String first = resource("pareto.log").lines().findFirst().orElseThrow();
    try (Study study = copy(first + "\n")) {
      assertEquals(List.of("skill", "refusals"), study.axes());
    }
    assertEquals(2, Files.readAllLines(results.resolve("copy/journal.log")).size());
  }

  @Test
  void aTrialWithOneScoreOfTwoIsRefused() throws IOException {
    String journal =
        resource("pareto.log").replaceFirst("\"values\":\\[0.5,0.25]", "\"values\":[0.5]");
    StudyException e = assertThrows(StudyException.class, () -> copy(journal));
    assertTrue(
        e.getMessage().contains("values is [0.5], expected a list of as many as directions."),
        e.getMessage());
  }

  @Test
  void aForkKeepsBothScoresOfTheTrialsThatHold() throws IOException {
    copy(resource("pareto.log")).close();
    List<String> axes = List.of("skill", "refusals");
    try (Study fork =
        Study.fork(
            results.resolve("copy"),
            results.resolve("fork"),
            Examples.spec(8),
            axes,
            Examples.ticking())) {
      assertEquals(axes, fork.axes());
      assertEquals(
          List.of(List.of(0.5, 0.25), List.of(0.75, 0.5)),
          fork.trials().stream().map(trial -> trial.outcome().orElseThrow().axes()).toList());
    }
  }

  private Study copy(String journal) throws IOException {
    Path directory = Files.createDirectory(results.resolve("copy"));
    SpecFile.write(directory, Examples.SPEC);
    Files.writeString(directory.resolve(Journal.NAME), journal);
    return Study.resume(directory, Examples.SPEC, List.of("skill", "refusals"), Examples.ticking());
  }

  private static Document seen() throws IOException {
    return Document.json("pareto.json", resource("pareto.json"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ParetoJournalTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
