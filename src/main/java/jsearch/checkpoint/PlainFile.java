package jsearch.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jsearch.document.InputException;

/** Refuses what stands in a file's place: directories, pipes, links to nothing, LFS pointers. */
final class PlainFile {
  /** How the few lines begin that a clone without Git LFS holds in a big file's place. */
  private static final byte[] START = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);

  /** A snapshot in the layout of huggingface_hub: the repository and the commit. */
  private static final Pattern SNAPSHOT =
      Pattern.compile("models--([^/\\\\]+)[/\\\\]snapshots[/\\\\]([0-9a-f]{40})(?![^/\\\\])");

  private PlainFile() {}

  /** Refuses what is no file: a directory, a pipe, a link to nothing. */
  static void require(Path file) {
    if (Files.isRegularFile(file)) {
      return;
    }
    if (Files.exists(file)) {
      throw new InputException("%s is not a file, expected one.".formatted(file));
    }
    throw new InputException(
        "%s does not exist.%s".formatted(file, unfinished(file).map("\n"::concat).orElse("")));
  }

  /** The error of a file that an index names and that is not there. */
  static InputException missing(Path file, Path index) {
    return new InputException(
        "%s does not exist, but %s names it.\n%s"
            .formatted(
                file,
                index.getFileName(),
                unfinished(file).orElse("Maybe the download stopped early; fetch it.")));
  }

  /** Advice on what is missing in a snapshot of the Hub's cache; empty elsewhere. */
  static Optional<String> unfinished(Path path) {
    Matcher place = SNAPSHOT.matcher(path.toAbsolutePath().normalize().toString());
    return place.find()
        ? Optional.of(
            "Maybe its download stopped early; %s@%s in the directory's place fetches the rest."
                .formatted(place.group(1).replace("--", "/"), place.group(2)))
        : Optional.empty();
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
