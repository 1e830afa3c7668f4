package jsearch.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TensorInfo;
import jsearch.document.InputException;
import jsearch.document.Reason;
import jsearch.plan.Parents;
import jsearch.study.StudyException;

/**
 * The files of both parents as they were when they were opened.
 *
 * <p>On the CPU weights are read from them as long as a search runs, so one that is written over
 * would change the parents behind its back.
 */
final class ParentFiles {
  private final Map<Path, Map<String, Object>> opened = new LinkedHashMap<>();

  /**
   * Remembers how the files are now.
   *
   * @throws InputException when one cannot be read
   */
  ParentFiles(Parents parents) {
    Stream.of(parents.base(), parents.donor())
        .flatMap(ParentFiles::files)
        .distinct()
        .forEach(file -> opened.put(file, properties(file)));
  }

  private static Stream<Path> files(Checkpoint parent) {
    return Stream.concat(
        Stream.of("config.json", "tokenizer.json", "tokenizer_config.json")
            .map(parent.directory()::resolve)
            .filter(Files::exists),
        parent.tensors().values().stream().map(TensorInfo::file));
  }

  private static Map<String, Object> properties(Path file) {
    try {
      return read(file);
    } catch (IOException e) {
      throw InputException.unreadable(file, e);
    }
  }

  private static Map<String, Object> read(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("size", attributes.size() + " bytes");
    properties.put("time of change", attributes.lastModifiedTime());
    properties.put("place on the disk", String.valueOf(attributes.fileKey()));
    return properties;
  }

  /**
   * Checks that every file is still the same.
   *
   * @param resumeCommand goes on with the study once they are
   * @throws StudyException naming the first that is not, and what is different
   */
  void requireUnchanged(String resumeCommand) {
    opened.forEach(
        (file, then) ->
            change(file, then)
                .ifPresent(
                    change -> {
                      throw refusal(change, resumeCommand);
                    }));
  }

  private static Optional<String> change(Path file, Map<String, Object> then) {
    Map<String, Object> now;
    try {
      now = read(file);
    } catch (NoSuchFileException e) {
      return Optional.of(file + " has vanished while the search ran");
    } catch (IOException e) {
      return Optional.of("%s cannot be read any more (%s)".formatted(file, Reason.of(e)));
    }
    return then.keySet().stream()
        .filter(name -> !Objects.equals(then.get(name), now.get(name)))
        .map(
            name ->
                "%s has changed while the search ran: its %s was %s, is now %s"
                    .formatted(file, name, then.get(name), now.get(name)))
        .findFirst();
  }

  private static StudyException refusal(String change, String resumeCommand) {
    return new StudyException(
        """
        %s.
        The trials that were running are not recorded, those before are.
        Maybe put back what was there, then go on with: %s"""
            .formatted(change, resumeCommand));
  }
}
