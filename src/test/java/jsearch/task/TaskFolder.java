package jsearch.task;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jsearch.document.InputException;

/** A folder of task files over twelve items {@code q}, {@code options}, {@code gold}. */
record TaskFolder(Path directory) {
  /** A task over them, without its name. */
  static final String CHOOSING =
      """
      dataset_path: json
      dataset_kwargs: {data_files: {train: items.jsonl, test: items.jsonl}}
      output_type: multiple_choice
      doc_to_text: q
      doc_to_target: gold
      doc_to_choice: options
      """;

  static TaskFolder in(Path directory) {
    TaskFolder folder = new TaskFolder(directory);
    folder.write(
        "items.jsonl",
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    "{\"q\": \"Q%d\", \"options\": [\"y\", \"n\"], \"gold\": %d}\n"
                        .formatted(i, i % 2))
            .collect(Collectors.joining()));
    return folder;
  }

  TaskFolder write(String name, String text) {
    try {
      Files.createDirectories(directory.resolve(name).getParent());
      Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Entry read(String name) {
    return Entry.read(directory.resolve(name), TaskOptions.NONE);
  }

  /** With so many solved examples. */
  Task shots(String name, int shots) {
    TaskOptions options =
        new TaskOptions(OptionalInt.empty(), OptionalInt.of(shots), Optional.empty());
    return Task.read(directory.resolve(name), options);
  }

  /** The message of a bad file, without the folder's own name. */
  String fault(String name) {
    return assertThrows(InputException.class, () -> read(name))
        .getMessage()
        .replace(directory + "/", "");
  }

  /** That a message has this part, wherever it stands. */
  static void assertContains(String expected, String message) {
    assertTrue(message.contains(expected), message);
  }
}
