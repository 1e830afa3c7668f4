package jsearch.task;

import static jsearch.task.TaskFolder.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults across files: includes, groups, data formats, examples; each with its whole message. */
class BadTaskFileTest {
  @TempDir Path directory;
  private TaskFolder folder;

  @BeforeEach
  void writeFolder() {
    folder = TaskFolder.in(directory);
    folder.write("good.yaml", "task: good\ntest_split: test\n" + TaskFolder.CHOOSING);
  }

  static Stream<Arguments> tasks() {
    return Stream.of(
        Arguments.of("", "bad.yaml: task is missing; found [test_split, dataset_path, "),
        Arguments.of(
            "task: [a]\ngroup: g", "bad.yaml: task[0] is \"a\", expected a task, group or"),
        Arguments.of("task: t\ninclude: bad.yaml", "bad.yaml includes itself by way of "),
        Arguments.of("task: t\ninclude: [good.yaml, no.yaml]", "no.yaml does not exist."),
        Arguments.of("task: t\ninclude: 3", "bad.yaml: include is 3, expected a list."),
        Arguments.of(
            "task: t\nprocess_docs: !function utils.process",
            "bad.yaml: process_docs is the Python function utils.process, expected a template or a"
                + " field name.\nMaybe write the processed items into the data file."),
        Arguments.of(
            "task: t\nfewshot_config: {sampler: first_n}\nprocess_results: !function a.b",
            "process_results is the Python function a.b, expected a template or a field name.\n"
                + "Maybe express the rule by metric_list and filter_list."),
        Arguments.of(
            "task: t\nfewshot_config:\n  samples: !function utils.list_samples",
            "bad.yaml: fewshot_config.samples is the Python function utils.list_samples, expected"),
        Arguments.of(
            "task: t\nnum_fewshot: 12\nfewshot_split: test\ntest_split: test",
            "bad.yaml: num_fewshot: 12 solved examples are asked for, expected at most the 11 that"
                + " there are."),
        Arguments.of(
            "task: t\nnum_fewshot: 2\nfewshot_split: dev",
            "bad.yaml: fewshot_split is \"dev\", expected one of data_files: [train, test]."),
        Arguments.of(
            "task: t\nnum_fewshot: 1\nfewshot_config: {samples: [{q: a, options: [x, y]}]}",
            "bad.yaml: fewshot_config.samples[0].gold is missing; found [q, options]."),
        Arguments.of("task: t\nfewshot_config: {sampler: random}", "expected default or first_n."),
        Arguments.of(
            "task: t\ngen_prefix: answer", // a template, as any words are
            null),
        Arguments.of("task: t\ndataset_name: main", null));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aFaultyTaskIsToldByFileAndKey(String keys, String message) {
    String split = keys.contains("test_split") ? "" : "test_split: test\n";
    folder.write("bad.yaml", keys + "\n" + split + TaskFolder.CHOOSING);
    if (message == null) {
      assertEquals(12, folder.read("bad.yaml").tasks().get(0).items().size());
    } else {
      assertContains(message, folder.fault("bad.yaml"));
    }
  }

  static Stream<Arguments> data() {
    return Stream.of(
        Arguments.of("parquet", "{data_files: items.jsonl}", "items.jsonl is no Parquet file that"),
        Arguments.of("parquet", "{data_files: no.parquet}", "no.parquet does not exist."),
        Arguments.of(
            "parquet", "{data_files: []}", "data_files is [], expected at least one file."),
        Arguments.of(
            "csv", "{data_files: bad.csv}", "bad.csv, row 2 has 4 cells, expected at most"),
        Arguments.of("csv", "{data_files: bad.csv, sep: '||'}", "sep is \"||\", expected one char"),
        Arguments.of("csv", "{data_files: empty.csv}", "empty.csv has no items, expected at least"),
        Arguments.of("json", "{data_files: items.jsonl, sep: a}", "dataset_kwargs.sep is not supp"),
        Arguments.of(
            "openai/gsm8k",
            "{}",
            "dataset_path is \"openai/gsm8k\", expected json, csv or parquet (local files, named in"
                + " dataset_kwargs: data_files).\nMaybe fetch the data set's files first;"));
  }

  @ParameterizedTest
  @MethodSource("data")
  void faultyDataIsToldByFileAndRow(String format, String options, String message) {
    folder.write("bad.csv", "q,options,gold\na,b,0\na,b,1,x\n");
    folder.write("empty.csv", "q,options,gold\n");
    folder.write(
        "bad.yaml",
        "task: t\ndataset_path: %s\ndataset_kwargs: %s\n".formatted(format, options)
            + "output_type: multiple_choice\ndoc_to_text: q\ndoc_to_target: gold\n"
            + "doc_to_choice: [x, y]\n");
    assertContains(message, folder.fault("bad.yaml"));
  }

  static Stream<Arguments> scored() {
    return Stream.of(
        Arguments.of(
            "loglikelihood", "doc_to_target: gold", "line 1: gold is 0, expected a string."),
        Arguments.of(
            "loglikelihood", "doc_to_target: '{{q[9:]}}'", "gives '' for items.jsonl, line"),
        Arguments.of(
            "loglikelihood", "doc_to_target: q\ndoc_to_choice: [a, b]", "no doc_to_choice"),
        Arguments.of(
            "loglikelihood", "doc_to_target: q\nmetric_list: [{metric: f1}]", "perplexity or"),
        Arguments.of(
            "loglikelihood_rolling", "doc_to_target: q\nnum_fewshot: 1", "expected 0, as a"),
        Arguments.of(
            "loglikelihood_rolling", "doc_to_target: ''", "gives '' for items.jsonl, line"),
        Arguments.of(
            "loglikelihood_rolling",
            "doc_to_target: q\nmetric_list: [{metric: bits_per_byte, higher_is_better: true}]",
            "higher_is_better is true, expected false."));
  }

  @ParameterizedTest
  @MethodSource("scored")
  void aFaultyTextToScoreIsToldByKey(String type, String keys, String message) {
    folder.write(
        "bad.yaml",
        "task: t\ndataset_path: json\ndataset_kwargs: {data_files: items.jsonl}\ndoc_to_text: q\n"
            + "output_type: %s\n%s\n".formatted(type, keys));
    assertContains(message, folder.fault("bad.yaml"));
  }

  static Stream<Arguments> groups() {
    return Stream.of(
        Arguments.of("", "bad.yaml: task is missing; found [group]."),
        Arguments.of("task: []", "bad.yaml: task is [], expected at least one task."),
        Arguments.of("task: [goood]", "task[0] is \"goood\", expected a task, group or tag of the"),
        Arguments.of(
            "task: [good, good]", "bad.yaml: task has task good twice, expected each task"),
        Arguments.of(
            "task: [bad]", "group is \"bad\", expected groups that do not contain themsel"),
        Arguments.of(
            "task: [{num_fewshot: 1}]", "bad.yaml: task[0].task is missing; found [num_few"),
        Arguments.of("task: [no.yaml]", "no.yaml does not exist."),
        Arguments.of(
            "task: [good]\naggregate_metric_list: [{metric: acc, aggregation: median}]",
            "aggregate_metric_list[0].aggregation is \"median\", expected mean."),
        Arguments.of(
            "task: [good]\naggregate_metric_list: [{metrics: acc}]",
            "aggregate_metric_list[0].metrics is not supported here, expected one of [aggregation,"),
        Arguments.of(
            "task: [good]\nnum_fewshots: 3", "num_fewshots is not supported here, expected"));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void aFaultyGroupIsToldByFileAndKey(String keys, String message) {
    folder.write("bad.yaml", "group: bad\n" + keys + "\n");
    assertContains(message, folder.fault("bad.yaml"));
  }

  @Test
  void aNameOfTwoFilesIsNotGuessedAt() {
    folder.write("copy/good.yaml", "task: good\ntest_split: test\n" + TaskFolder.CHOOSING);
    folder.write("bad.yaml", "group: bad\ntask: [good]\n");
    String message = folder.fault("bad.yaml");
    assertContains("bad.yaml: task[0] asks for good, which is in ", message);
    assertContains("copy/good.yaml and in ", message);
    folder.write("bad.yaml", "group: bad\ntask: [good.yaml]\n");
    assertEquals(12, folder.read("bad.yaml").tasks().get(0).items().size());
  }

  @Test
  void aFaultInAnIncludedFileNamesThatFile() {
    folder.write("base.yaml", TaskFolder.CHOOSING + "repeats: 2\n");
    folder.write("bad.yaml", "include: base.yaml\ntask: t\ntest_split: test\n");
    assertEquals(
        "base.yaml: repeats is 2, expected a whole number from 1 to 1.", folder.fault("bad.yaml"));
  }

  @Test
  void aTemplatesFaultIsToldWithItsLine() {
    folder.write(
        "bad.yaml",
        "task: t\ntest_split: test\n"
            + TaskFolder.CHOOSING.replace(
                "doc_to_text: q\n", "doc_to_text: |\n  Question:\n  {{q}}\n  {{hint}}\n"));
    assertContains("bad.yaml: doc_to_text, line 3 of the template: ", folder.fault("bad.yaml"));
    assertContains(
        "items.jsonl, line 1 has the fields [q, options, gold].", folder.fault("bad.yaml"));
  }
}
