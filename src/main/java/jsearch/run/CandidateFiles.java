package jsearch.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.eval.ChatPrompts;
import jsearch.eval.Suite;
import jsearch.model.DecoderConfig;
import jsearch.model.HuggingFaceTokenizer;
import jsearch.plan.MergePlan;
import jsearch.plan.SideFiles;

/**
 * What a candidate is beside its weights, read from the files that its merge has on disk.
 *
 * @param config of the decoder
 * @param tokenizer the merge's own; the caller closes it
 * @param chat what wraps a suite's prompts, where it asks for chat
 */
record CandidateFiles(
    DecoderConfig config, HuggingFaceTokenizer tokenizer, Optional<ChatPrompts> chat) {
  /**
   * Writes the files of a merge to a temporary directory, and reads them.
   *
   * @throws InputException when a parent's files cannot be used, or there is no room
   */
  static CandidateFiles of(MergePlan plan, Suite suite) {
    try {
      Path directory = Files.createTempDirectory("jsearch-candidate-");
      try {
        new SideFiles(plan).write(directory, "candidate");
        return read(directory, suite);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new InputException(
          """
          The files of a candidate cannot be written to %s: %s
          Maybe there is no room; java.io.tmpdir names another place."""
              .formatted(System.getProperty("java.io.tmpdir"), e),
          e);
    }
  }

  private static CandidateFiles read(Path directory, Suite suite) {
    Document config = Document.json(directory.resolve("config.json"));
    Optional<ChatPrompts> chat = SuiteChat.of(suite, directory);
    return new CandidateFiles(
        DecoderConfig.of(config), HuggingFaceTokenizer.open(directory, config), chat);
  }

  private static void delete(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(directory)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
