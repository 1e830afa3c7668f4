package jsearch.task;

import static jsearch.task.TaskFolder.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.Golden;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Constant targets and names of splits, as lm-evaluation-harness 0.4.13 has them (settings.json).
 */
class SettingsTest {
  private static final Document GOLDEN = Golden.read(SettingsTest.class, "settings.json");

  @TempDir Path directory;

  static Stream<Document> targets() {
    return GOLDEN.at("targets").items().stream();
  }

  static Stream<Document> splits() {
    return GOLDEN.at("splits").items().stream();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void aTargetMeansWhatItMeansInTheHarness(Document golden) {
    TaskFolder folder = folder(golden);
    folder.write("items.jsonl", lines(GOLDEN.at("items").items()));
    if (golden.find("answerable").map(Document::bool).orElse(false) && !isNegative(golden)) {
      List<Document> items = golden.at("items").items();
      Task task = (Task) folder.read("task.yaml");
      assertEquals(items.size(), task.items().size());
      for (int i = 0; i < items.size(); i++) {
        Item item = task.items().get(i);
        assertEquals(items.get(i).at("arguments").value(), arguments(task, item));
        assertEquals(
            items.get(i).find("right").map(Document::value).orElse(null), right(task, item));
      }
    } else if (!isChoiceByItsText(golden.at("keys"))) {
      assertThrows(InputException.class, () -> folder.read("task.yaml"));
    }
  }

  /** Python counts a negative place from the end, which is hardly ever meant. */
  private static boolean isNegative(Document golden) {
    return golden.at("keys").find("doc_to_choice").isPresent()
        && Long.valueOf(-1).equals(golden.at("keys").at("doc_to_target").value());
  }

  /** The harness fails at a written answer that is a choice by its text; here it is that choice. */
  private static boolean isChoiceByItsText(Document keys) {
    Set<Object> choices = Set.of("no", "answer", "{{answer}}");
    return keys.at("output_type").text().equals("generate_until")
        && keys.find("doc_to_choice").isPresent()
        && keys.find("doc_to_target").map(Document::value).filter(choices::contains).isPresent();
  }

  private static List<List<String>> arguments(Task task, Item item) {
    return switch (task.type()) {
      case GENERATE_UNTIL -> List.of(List.of(item.prompt()));
      case LOGLIKELIHOOD_ROLLING -> List.of(item.answers());
      default ->
          item.answers().stream()
              .map(answer -> List.of(item.prompt(), item.delimiter() + answer))
              .toList();
    };
  }

  /** The choices that are right, or of the texts that the golden tried those that are. */
  private static List<?> right(Task task, Item item) {
    Metric metric = task.metrics().get(0);
    return switch (task.type()) {
      case MULTIPLE_CHOICE -> item.golds().stream().map(Long::valueOf).toList();
      case GENERATE_UNTIL ->
          GOLDEN.at("texts").items().stream()
              .map(Document::text)
              .filter(text -> metric.value(item, new Answer(List.of(0.0), text)) == 1)
              .toList();
      default -> null;
    };
  }

  @ParameterizedTest
  @MethodSource("splits")
  void aSplitIsTheOneThatTheHarnessReads(Document golden) {
    TaskFolder folder = folder(golden);
    for (Document name : GOLDEN.at("files").items()) {
      folder.write(name.text() + ".jsonl", "{\"q\": \"%s\"}\n".formatted(name.text()));
    }
    if (golden.find("items").isPresent()) {
      assertEquals(
          golden.at("items").items().stream().map(item -> item.at("arguments").value()).toList(),
          ((Task) folder.read("task.yaml"))
              .items().stream()
                  .map(item -> List.of(List.of(item.prompt(), item.target())))
                  .toList());
    } else if (!isUnread(golden.at("keys"))) {
      assertThrows(InputException.class, () -> folder.read("task.yaml"));
    }
  }

  /** The harness opens the validation split for examples, even where none are asked for. */
  private static boolean isUnread(Document keys) {
    return keys.find("validation_split").isPresent()
        && keys.find("test_split").isPresent()
        && keys.at("dataset_kwargs").at("data_files").value().toString().contains("test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.jsonl | test | test_split is \"test\", expected \"train\": task.yaml: dataset_kwargs.data_files"
            + " names no splits,",
        "a.jsonl | test | Maybe name the split there: data_files: {test: a.jsonl}.",
        "[a.jsonl, b.jsonl] | test | Maybe name the split there: data_files: {test: [...]}.",
        "{dev: a.jsonl} | test | test_split is \"test\", expected one of data_files: [dev].",
        "[{split: a, path: a.jsonl}, {split: a, path: b.jsonl}] | a | [1].split is \"a\", expected each",
        "\"x*.jsonl\" | train | is \"x*.jsonl\", expected a pattern that matches at least one file.",
        "\"*/a.jsonl\" | train | expected wildcards in the file's name alone, not in its directory.",
        "\"none/*.jsonl\" | train | none cannot be read: ",
        "{} | train | data_files is {}, expected at least one split.",
      })
  void aSplitThatIsNotThereIsNamedWithThoseThatAre(String files, String split, String message) {
    TaskFolder folder = TaskFolder.in(directory);
    folder.write("a.jsonl", "{\"q\": \"a\"}\n").write("b.jsonl", "{\"q\": \"b\"}\n");
    folder.write(
        "task.yaml",
        "task: t\ndataset_path: json\ndataset_kwargs: {data_files: %s}\ntest_split: %s\n"
                .formatted(files, split)
            + "output_type: loglikelihood\ndoc_to_text: q\ndoc_to_target: q\n");
    assertContains(message, folder.fault("task.yaml"));
  }

  @Test
  void aSlipInAFieldsNameIsNotTakenForTheAnswer() {
    TaskFolder folder = TaskFolder.in(directory);
    String task =
        "task: t\ndataset_path: json\ndataset_kwargs: {data_files: items.jsonl}\n"
            + "output_type: generate_until\ndoc_to_text: q\ndoc_to_target: ";
    folder.write("task.yaml", task + "optoins\n");
    assertContains(
        "doc_to_target is \"optoins\", expected a template or one of the items' fields",
        folder.fault("task.yaml"));
    folder.write("task.yaml", task + "refused\n");
    assertEquals("refused", ((Task) folder.read("task.yaml")).items().get(0).target());
  }

  private TaskFolder folder(Document golden) {
    Map<String, Object> keys = new LinkedHashMap<>(Map.of("task", "t", "dataset_path", "json"));
    golden.at("keys").entries().forEach((key, value) -> keys.put(key, value.value()));
    return new TaskFolder(directory).write("task.yaml", Writer.yaml(keys));
  }

  private static String lines(List<Document> items) {
    return items.stream()
        .map(item -> Writer.jsonLine(values(item)) + "\n")
        .collect(Collectors.joining());
  }

  private static Map<String, Object> values(Document item) {
    Map<String, Object> values = new LinkedHashMap<>();
    item.entries().forEach((key, value) -> values.put(key, value.value()));
    return values;
  }

  @Test
  void theGoldenIsOfTheVersionsThatAreFollowed() {
    assertEquals("0.4.13", GOLDEN.at("made_by").at("lm_eval").text());
    assertTrue(GOLDEN.at("targets").items().size() > 200);
  }
}
