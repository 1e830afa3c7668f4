package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.document.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seals the journal's format: Optuna 5.0.0 read journal.log as optuna.json says (4.9.0 likewise).
 */
class GoldenJournalTest {
  @TempDir Path results;

  @Test
  void aStudyWritesTheBytesThatOptunaRead() throws IOException {
    GoldenJournal.write(results.resolve("golden"));
    assertEquals(resource("journal.log"), Files.readString(results.resolve("golden/journal.log")));
  }

  @Test
  void optunaReadsEachTrialAsTheStudyDoes() throws IOException {
    List<Document> seen =
        Document.json("optuna.json", resource("optuna.json")).at("trials").items();
    List<Trial> trials = replayed();
    assertEquals(seen.size(), trials.size());
    for (Trial trial : trials) {
      Document other = seen.get(trial.number());
      assertEquals(other.at("number").whole(0, 9), trial.number());
      assertEquals(other.at("state").text(), trial.state().name());
      assertEquals(
          other.find("values").map(values -> values.items().get(0).number()),
          trial.outcome().map(Outcome::objective));
      assertEquals(other.at("params").value(), params(trial));
      assertEquals(other.at("ranges").value(), ranges(trial));
      assertEquals(other.at("user_attrs").value(), attributes(trial));
    }
  }

  @Test
  void optunaSeesWhatARaceKnewOnTheWay() throws IOException {
    Map<Integer, Map<String, Double>> told =
        Map.of(3, Map.of("2", 1.0, "3", 1.0), 4, Map.of("1", 0.0, "2", 0.5));
    List<Document> seen =
        Document.json("optuna.json", resource("optuna.json")).at("trials").items();
    for (Document trial : seen) {
      assertEquals(
          told.getOrDefault(trial.at("number").integer(0, 9), Map.of()),
          trial.at("intermediate_values").value());
    }
    assertEquals("PRUNED", seen.get(4).at("state").text());
  }

  @Test
  void optunaFindsTheSameBestTrial() throws IOException {
    Document seen = Document.json("optuna.json", resource("optuna.json"));
    Trial winner = Selection.of(replayed()).winner();
    assertEquals("MAXIMIZE", seen.at("direction").text());
    assertEquals(seen.at("best_trial").whole(0, 9), winner.number());
    assertEquals(seen.at("best_value").number(), winner.objective());
  }

  private List<Trial> replayed() throws IOException {
    Path directory = Files.createDirectory(results.resolve("copy"));
    SpecFile.write(directory, Examples.SPEC);
    Files.writeString(directory.resolve(Journal.NAME), resource("journal.log"));
    try (Study study = Study.resume(directory, Examples.SPEC, Examples.ticking())) {
      return study.trials();
    }
  }

  private static Map<String, Object> params(Trial trial) {
    Map<String, Object> params = new LinkedHashMap<>();
    trial.candidate().params().forEach(param -> params.put(param.name(), param.value()));
    return params;
  }

  private static Map<String, Object> ranges(Trial trial) {
    Map<String, Object> ranges = new LinkedHashMap<>();
    trial
        .candidate()
        .params()
        .forEach(param -> ranges.put(param.name(), List.of(param.low(), param.high())));
    return ranges;
  }

  private static Map<String, Object> attributes(Trial trial) {
    Map<String, Object> attributes = new LinkedHashMap<>(trial.attributes());
    attributes.put("origin", trial.candidate().origin().toString());
    if (!trial.candidate().point().isEmpty()) {
      attributes.put("point", trial.candidate().point());
    }
    trial
        .outcome()
        .ifPresent(
            outcome -> {
              attributes.put("score", outcome.score());
              if (!Double.isNaN(outcome.standardError())) {
                attributes.put("standard_error", outcome.standardError());
              }
              attributes.put("items", (long) outcome.items());
            });
    return attributes;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = GoldenJournalTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
