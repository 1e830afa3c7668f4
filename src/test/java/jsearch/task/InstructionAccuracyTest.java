package jsearch.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionAccuracyTest {
  private static final String TWO =
      """
      {"prompt": "Speak.", "instruction_id_list": ["punctuation:no_comma", "startend:quotation"],
       "kwargs": [{}, {}]}
      """
          .replace("\n", "");

  @TempDir Path directory;

  @Test
  void aPromptCountsWhereAllIsFollowedAndAnInstructionByItself() throws IOException {
    Task task = read(TWO);
    assertEquals(List.of(0.0, 1.0, 0.0, 1.0), values(task, "\"a, b\""));
    assertEquals(List.of(1.0, 2.0, 1.0, 2.0), values(task, "\"a b\""));
    assertEquals(List.of(0.0, 1.0, 1.0, 2.0), values(task, "Sure:\n\"a b\""));
    assertEquals(List.of(1.0, 2.0, 1.0, 2.0), weights(task, "\"a b\""));
  }

  @Test
  void anUnknownInstructionIsRefusedWhenTheTaskIsRead() {
    InputException e =
        assertThrows(
            InputException.class, () -> read(TWO + "\n" + TWO.replace("no_comma", "no_colon")));
    assertTrue(
        e.getMessage()
            .endsWith(
                "items.jsonl, line 2: instruction_id_list[0] is \"punctuation:no_colon\", expected"
                    + " an instruction of IFEval, such as punctuation:no_comma."),
        e.getMessage());
  }

  @Test
  void missingArgumentsAreRefusedWhenTheTaskIsRead() {
    InputException e =
        assertThrows(InputException.class, () -> read(TWO.replace("kwargs", "arguments")));
    assertTrue(
        e.getMessage().contains("items.jsonl, line 1: kwargs is missing; found"), e.getMessage());
  }

  private Task read(String items) throws IOException {
    Files.writeString(directory.resolve("items.jsonl"), items + "\n");
    Path file = directory.resolve("task.yaml");
    Files.writeString(
        file,
        """
        task: speak
        dataset_path: json
        dataset_kwargs: {data_files: items.jsonl}
        output_type: generate_until
        doc_to_text: prompt
        doc_to_target: 0
        generation_kwargs: {until: []}
        metric_list:
          - metric: prompt_level_strict_acc
          - metric: inst_level_strict_acc
          - metric: prompt_level_loose_acc
          - metric: inst_level_loose_acc
        """);
    return Task.read(file);
  }

  private static List<Double> values(Task task, String text) {
    Answer answer = new Answer(List.of(), text);
    return task.metrics().stream().map(m -> m.value(task.items().get(0), answer)).toList();
  }

  private static List<Double> weights(Task task, String text) {
    Answer answer = new Answer(List.of(), text);
    return task.metrics().stream().map(m -> m.weight(task.items().get(0), answer)).toList();
  }
}
