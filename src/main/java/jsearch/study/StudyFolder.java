package jsearch.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jsearch.document.Reason;

/**
 * The directory of a study: who may begin one there, and what to say when it makes trouble.
 *
 * @param path of the directory
 */
record StudyFolder(Path path) {
  private static final Set<String> LEFT_BY_A_CRASH = Set.of(StudyLock.NAME, SpecFile.NAME + ".tmp");

  /** The study's own name: the directory's. */
  String name() {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }

  Path journal() {
    return path.resolve(Journal.NAME);
  }

  Path items() {
    return path.resolve(ItemLog.NAME);
  }

  /** The command that goes on with this study, in one line for a shell. */
  String resumeCommand() {
    return SpecFile.resumeCommand(path);
  }

  /**
   * Refuses a directory that holds anything but what a crash before the spec was whole leaves.
   *
   * @throws StudyException naming what is there
   */
  void requireUnused() throws IOException {
    if (Files.exists(path.resolve(SpecFile.NAME))) {
      throw new StudyException(
          """
          %s is a study already, and a study is never overwritten.
          Maybe go on with it: %s
          Or give the new study another directory."""
              .formatted(path, resumeCommand()));
    }
    if (!Files.isDirectory(path)) {
      return;
    }
    try (Stream<Path> entries = Files.list(path)) {
      Optional<Path> entry =
          entries.filter(e -> !LEFT_BY_A_CRASH.contains(e.getFileName().toString())).findFirst();
      if (entry.isPresent()) {
        throw new StudyException(
            """
            %s holds %s, expected a new or empty directory for a study.
            Maybe give the study another directory."""
                .formatted(path, entry.get().getFileName()));
      }
    }
  }

  /** What to tell the user of a disk that refuses. */
  StudyException trouble(IOException cause) {
    boolean begun = Files.exists(path.resolve(SpecFile.NAME));
    return new StudyException(
        """
        The study %s cannot be read or written: %s.
        Maybe the disk is full or not writable, or the directory was removed; then %s"""
            .formatted(
                path,
                Reason.of(cause),
                begun ? "go on with: " + resumeCommand() : "begin the study again."),
        cause);
  }
}
