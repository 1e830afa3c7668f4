package jsearch.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import jsearch.document.InputException;

/** Refuses what stands in a file's place: directories, pipes, links to nothing, LFS pointers. */
final class PlainFile {
  /** How the few lines begin that a clone without Git LFS holds in a big file's place. */
  private static final byte[] START = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);

  private PlainFile() {}

  /** Refuses what is no file: a directory, a pipe, a link to nothing. */
  static void require(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          Files.exists(file)
              ? "%s is not a file, expected one.".formatted(file)
              : "%s does not exist.".formatted(file));
    }
  }

  /** Refuses a file that is missing, unreadable or a pointer. */
  static void refusePointer(Path file) {
    require(file);
    try (InputStream in = Files.newInputStream(file)) {
      if (Arrays.equals(in.readNBytes(START.length), START)) {
        throw new InputException(
            """
            %s is a Git LFS pointer, expected the file itself.
            Maybe run "git lfs pull" in %s."""
                .formatted(file, file.toAbsolutePath().getParent()));
      }
    } catch (IOException e) {
      throw InputException.unreadable(file, e);
    }
  }
}
