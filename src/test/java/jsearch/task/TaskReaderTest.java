package jsearch.task;

import static jsearch.task.TaskFolder.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.document.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TaskReaderTest {
  private static final String ITEM =
      "{\"q\": \"Up?\", \"options\": [\"yes\", \"no\"], \"gold\": 1, \"answer\": \"no\"}\n";

  @TempDir Path directory;

  static Stream<Arguments> badKeys() {
    return Stream.of(
        Arguments.of("output_type", "greedy", "expected multiple_choice, loglikelihood, "),
        Arguments.of("doc_to_txt", "q", "doc_to_txt is not supported here, expected one of"),
        Arguments.of("include", "base.yaml", "base.yaml does not exist."),
        Arguments.of("process_docs", "x", "Maybe write the processed items into the data file."),
        Arguments.of("dataset_path", "gsm8k", "is \"gsm8k\", expected json, csv or parquet (local"),
        Arguments.of("dataset_kwargs", "{data_files: no.jsonl}", "no.jsonl does not exist."),
        Arguments.of("dataset_kwargs", "{}", "dataset_kwargs.data_files is missing; found {}."),
        Arguments.of("dataset_kwargs", "{data_files: {a: x, b: y}}", "a test_split that names one"),
        Arguments.of(
            "num_fewshot", "5", "num_fewshot: 5 solved examples are asked for, expected at"),
        Arguments.of(
            "num_fewshot", "-1", "num_fewshot is -1, expected a whole number of at least 0"),
        Arguments.of(
            "fewshot_config", "{sampler: balanced}", "\"balanced\", expected default or firs"),
        Arguments.of(
            "fewshot_config", "{fewshot_indices: [1]}", "fewshot_indices is not supported"),
        Arguments.of("repeats", "3", "repeats is 3, expected a whole number from 1 to 1."),
        Arguments.of("metric_list", "[]", "metric_list is [], expected at least one metric."),
        Arguments.of("metric_list", "[{metric: bleu}]", "metric is bleu, which is not supported."),
        Arguments.of("metric_list", "[{metric: perplexity}]", "expected acc, acc_norm, acc_bytes"),
        Arguments.of("metric_list", "[{metric: acc, aggregation: median}]", "expected mean."),
        Arguments.of("metric_list", "[{metric: acc, higher_is_better: false}]", "expected true."),
        Arguments.of("metric_list", "[{metric: acc, ignore_case: true}]", "is not supported here"),
        Arguments.of(
            "metric_list", "[{metric: f1, aggregation: mean}]", "is \"mean\", expected f1."),
        Arguments.of("filter_list", "[]", "filter_list is [], expected at least one filter."),
        Arguments.of(
            "filter_list",
            "[{name: x, filter: [{function: lowercase}]}]",
            "function is \"lowercase\", expected take_first, as the task has no text to filter."),
        Arguments.of("doc_to_text", "question", "\"question\", expected a template or one of the"),
        Arguments.of(
            "doc_to_text", "options", "line 1: options is [\"yes\",\"no\"], expected a stri"),
        Arguments.of("doc_to_text", "'{{gold + 1}}'", "gives 2 for "),
        Arguments.of("doc_to_text", "'{{missing}}'", "'missing' is undefined. "),
        Arguments.of(
            "doc_to_text", "'{% if q %}'", "doc_to_text, line 1 of the template: found the end"),
        Arguments.of("doc_to_choice", "[]", "gives the choices [] for "),
        Arguments.of("doc_to_choice", "[one]", "expected at least two, none of them empty."),
        Arguments.of("doc_to_choice", "['', b]", "expected at least two, none of them empty."),
        Arguments.of("doc_to_choice", "['{{q}}', b]", "Maybe write doc_to_choice as one template"),
        Arguments.of("doc_to_choice", "'{{q}}'", "gives Up? for "),
        Arguments.of("doc_to_choice", "q", "line 1: q is \"Up?\", expected a list."),
        Arguments.of("doc_to_target", "2", "doc_to_target is 2, expected a whole number from 0"),
        Arguments.of("doc_to_target", "'{{gold + 1}}'", "gives 2 for "),
        Arguments.of("doc_to_target", "q", "expected an index from 0 to 1 or one of the choices"),
        Arguments.of("doc_to_target", "options", "options is [\"yes\",\"no\"], expected a whole"),
        Arguments.of(
            "doc_to_target",
            "[0, 2]",
            "doc_to_target is [0,2], expected a whole number from 0 to 1."),
        Arguments.of("doc_to_target", "[]", "doc_to_target is [], expected at least one index."));
  }

  static Stream<Arguments> badWriting() {
    return Stream.of(
        Arguments.of("metric_list", "[{metric: acc}]", "expected exact_match in a generate_until"),
        Arguments.of("metric_list", "[{metric: f1}]", "is \"f1\", expected exact_match in a"),
        Arguments.of("metric_list", "[{metric: chrf++}]", "chrf++, which is not supported."),
        Arguments.of(
            "metric_list",
            "[{metric: exact_match, regexes_to_ignore: ['(']}]",
            "regexes_to_ignore[0] is \"(\", expected a regular expression (Unclosed group)."),
        Arguments.of("filter_list", "[]", "filter_list is [], expected at least one filter."),
        Arguments.of(
            "filter_list",
            "[{name: x, filter: [{function: format_span}]}]",
            "is \"format_span\", expected a filter that is supported: regex, "),
        Arguments.of(
            "filter_list",
            "[{name: x, filter: [{function: take_first_k, k: 2}]}]",
            "k is 2, expected a whole number from 1 to 1."),
        Arguments.of(
            "filter_list",
            "[{name: x, filter: [{function: take_first}, {function: lowercase}]}]",
            "expected take_first as the last filter of the entry."),
        Arguments.of("generation_kwargs", "{do_sample: true}", "do_sample is true, expected false"),
        Arguments.of("generation_kwargs", "{temperature: 0.7}", "temperature is 0.7, expected 0,"),
        Arguments.of(
            "generation_kwargs", "{max_gen_toks: 0}", "max_gen_toks is 0, expected a whol"),
        Arguments.of("generation_kwargs", "{num_beams: 4}", "kwargs.num_beams is not supported"),
        Arguments.of("doc_to_target", "'[1, 2]'", "gives [1, 2] for "),
        Arguments.of("doc_to_target", "''", "gives '' for "));
  }

  @ParameterizedTest
  @MethodSource("badKeys")
  void faultsOfAMultipleChoiceTaskAreTold(String key, String value, String expected) {
    assertContains(expected, fault(choosing(Map.of(key, value)), ITEM));
  }

  @ParameterizedTest
  @MethodSource("badWriting")
  void faultsOfAGenerationTaskAreTold(String key, String value, String expected) {
    assertContains(expected, fault(writing(Map.of(key, value)), ITEM));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | items.jsonl has no items, expected at least one.",
        "{\"q\": 1]} | items.jsonl, line 2 is not valid JSON: ",
        "{\"q\": \"a\"} {\"q\": \"b\"} | items.jsonl, line 2 is not valid JSON: ",
        "{\"q\": \"a\", \"q\": \"b\"} | items.jsonl, line 2 is not valid JSON: Duplicate",
        "[\"q\"] | items.jsonl, line 2 is [\"q\"], expected a mapping.",
        "{\"options\": [\"a\", \"b\"], \"gold\": 0} | line 2: q is missing; found [options, gold].",
        "{\"q\": null, \"options\": [], \"gold\": 0} | line 2: q is missing; found [q, options, go",
        "{\"q\": \"a\", \"options\": [], \"gold\": 0} | gives the choices [] for ",
        "{\"q\": \"a\", \"options\": [1, 2], \"gold\": 0} | line 2: options[0] is 1, expected a str",
        "{\"q\": \"a\", \"options\": [\"x\", \"y\"], \"gold\": 2} | line 2: gold is 2, expected a whol",
        "{\"q\": \"a\", \"options\": [\"x\", \"y\"], \"gold\": -1} | line 2: gold is -1, expected a wh",
        "{\"q\": \"a\", \"options\": [\"x\", \"y\"], \"gold\": \"z\"} | line 2: gold is \"z\", expected an index f",
      })
  void faultsOfTheDataAreToldByLine(String line, String expected) {
    String data = line == null || line.isEmpty() ? "\n" : ITEM + line + "\n";
    assertContains(expected, fault(choosing(Map.of()), data));
  }

  @Test
  void pythonFunctionsAreRefusedByName() {
    String message = fault(choosing(Map.of("doc_to_text", "!function utils.doc_to_text")), ITEM);
    assertContains("task.yaml: doc_to_text is the Python function utils.doc_to_text,", message);
    assertContains("\nMaybe write what the function makes into the data file", message);
  }

  @Test
  void malformedYamlIsToldWithItsLine() {
    assertContains("task.yaml, line 2 is not valid YAML: ", fault("task: t\n doc: [\n", ITEM));
  }

  @Test
  void otherEncodingsThanUtf8AreToldByFile() throws IOException {
    read(choosing(Map.of()), ITEM);
    Files.write(
        directory.resolve("items.jsonl"),
        ITEM.replace("Up", "\u00fcp").getBytes(StandardCharsets.ISO_8859_1));
    assertContains("items.jsonl is not UTF-8 text.", new TaskFolder(directory).fault("task.yaml"));
  }

  @Test
  void aTargetMayBeAnIndexAFieldOrATemplate() {
    assertEquals(0, only(choosing(Map.of("doc_to_target", "0"))).gold());
    assertEquals(1, only(choosing(Map.of("doc_to_target", "gold"))).gold());
    assertEquals(1, only(choosing(Map.of("doc_to_target", "answer"))).gold());
    assertEquals(1, only(choosing(Map.of("doc_to_target", "'{{gold}}'"))).gold());
    assertEquals(0, only(choosing(Map.of("doc_to_target", "'{{options[0]}}'"))).gold());
  }

  @Test
  void choicesMayBeAListAFieldATemplateOrAMapping() {
    assertEquals(List.of("a", "b"), only(choosing(Map.of("doc_to_choice", "[a, b]"))).answers());
    assertEquals(
        List.of("yes", "no"), only(choosing(Map.of("doc_to_choice", "options"))).answers());
    assertEquals(
        List.of("no", "Up?"),
        only(choosing(Map.of("doc_to_choice", "'{{[answer, q]}}'"))).answers());
    assertEquals(
        List.of("x", "y"), only(choosing(Map.of("doc_to_choice", "{A: x, B: y}"))).answers());
  }

  @Test
  void aWrittenAnswerMayBeGivenAsAChoice() {
    Map<String, String> keys = Map.of("doc_to_choice", "options", "doc_to_target", "gold");
    assertEquals(List.of("no"), only(writing(keys)).answers());
    assertEquals(List.of("1"), only(writing(Map.of("doc_to_target", "gold"))).answers());
  }

  @Test
  void theDescriptionStandsBeforeThePrompt() {
    Map<String, String> keys = Map.of("description", "\"About {{answer}}.\\n\\n\"");
    assertEquals("About no.\n\nUp?", only(choosing(keys)).prompt());
  }

  @Test
  void theTestSplitIsReadElseTheValidationSplit() {
    String files = "{data_files: {test: items.jsonl, validation: no.jsonl}}";
    Map<String, String> test = Map.of("dataset_kwargs", files, "test_split", "test");
    assertEquals("Up?", only(choosing(test)).prompt());
    Map<String, String> other = Map.of("dataset_kwargs", files, "validation_split", "validation");
    assertContains("no.jsonl does not exist.", fault(choosing(other), ITEM));
    Map<String, String> none = Map.of("dataset_kwargs", files, "test_split", "train");
    assertContains(
        "test_split is \"train\", expected one of data_files: [test, validation].",
        fault(choosing(none), ITEM));
  }

  @Test
  void itemsMayLieInAFieldOfAJsonFile() {
    String yaml = choosing(Map.of("dataset_kwargs", "{data_files: items.jsonl, field: examples}"));
    assertEquals("Up?", read(yaml, "{\"examples\": [%s]}".formatted(ITEM)).items().get(0).prompt());
    assertContains(
        "items.jsonl: examples is missing; found [rows].", fault(yaml, "{\"rows\": []}"));
  }

  @Test
  void writingStopsAtABlankLineAfter256TokensByDefault() {
    Task plain = read(writing(Map.of()), ITEM);
    assertEquals(new Generation(List.of("\n\n"), 256), plain.generation().orElseThrow());
    Task set =
        read(
            writing(
                Map.of("generation_kwargs", "{until: \"\\n\", max_gen_toks: 8, do_sample: false}")),
            ITEM);
    assertEquals(new Generation(List.of("\n"), 8), set.generation().orElseThrow());
  }

  @Test
  void filtersActInOrderAndFallBack() {
    String filters =
        "[{name: pick, filter: [{function: regex, regex_pattern: '\"(.*?)\"|<(.*?)>',"
            + " group_select: 1, fallback: NONE}, {function: lowercase}, {function: take_first}]}]";
    Task task = read(writing(Map.of("filter_list", filters)), ITEM);
    assertEquals("exact_match,pick", task.metrics().get(0).name());
    Item item = new Item(0, "", "", List.of("b c"), 0, Document.json("item", "{}"));
    Metric metric = task.metrics().get(0);
    assertEquals(1, metric.value(item, new Answer(List.of(0.0), "<a> and \" B c \"")));
    assertEquals(0, metric.value(item, new Answer(List.of(0.0), "\"b c\"")));
    Item none = new Item(0, "", "", List.of("none"), 0, Document.json("item", "{}"));
    assertEquals(1, metric.value(none, new Answer(List.of(0.0), "\"b c\"")));
  }

  private Item only(String yaml) {
    return read(yaml, ITEM).items().get(0);
  }

  private String fault(String yaml, String data) {
    return folder(yaml, data).fault("task.yaml");
  }

  private Task read(String yaml, String data) {
    return (Task) folder(yaml, data).read("task.yaml");
  }

  private TaskFolder folder(String yaml, String data) {
    return new TaskFolder(directory).write("task.yaml", yaml).write("items.jsonl", data);
  }

  private static String choosing(Map<String, String> keys) {
    return yaml(
        Map.of(
            "output_type", "multiple_choice", "doc_to_target", "gold", "doc_to_choice", "options"),
        keys);
  }

  private static String writing(Map<String, String> keys) {
    return yaml(Map.of("output_type", "generate_until", "doc_to_target", "answer"), keys);
  }

  private static String yaml(Map<String, String> basis, Map<String, String> keys) {
    Map<String, String> all = new LinkedHashMap<>(basis);
    all.put("task", "t");
    all.put("dataset_path", "json");
    all.put("dataset_kwargs", "{data_files: items.jsonl}");
    all.put("doc_to_text", "q");
    all.putAll(keys);
    return all.entrySet().stream()
        .map(entry -> "%s: %s\n".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining());
  }
}
