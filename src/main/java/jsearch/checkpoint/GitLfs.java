package jsearch.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import jsearch.document.InputException;

/** Tells a Git LFS pointer, the few lines that a clone without LFS holds in a big file's place. */
final class GitLfs {
  private static final byte[] START = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);

  private GitLfs() {}

  /** Refuses what is no file: a directory, a pipe, a link to nothing. */
  static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          Files.exists(file)
              ? "%s is not a file, expected one.".formatted(file)
              : "%s does not exist.".formatted(file));
    }
  }

  /** Refuses a file that is missing, unreadable or a pointer. */
  static void refusePointer(Path file) {
    requireFile(file);
    try (InputStream in = Files.newInputStream(file)) {
      if (Arrays.equals(in.readNBytes(START.length), START)) {
        throw new InputException(
            """
            %s is a Git LFS pointer, expected the file itself.
            Maybe run "git lfs pull" in %s."""
                .formatted(file, file.toAbsolutePath().getParent()));
      }
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s".formatted(file, e), e);
    }
  }
}
