package jsearch.merge;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jsearch.document.InputException;

/**
 * A directory written beside its place and renamed into it when whole.
 *
 * <p>Closed before {@link #publish}, it is deleted: what was cut off never looks finished.
 */
final class StagedDirectory implements AutoCloseable {
  private final Path place;
  private final Path stage;

  /**
   * Creates the hidden sibling that is written to.
   *
   * @param place where it will stand; see {@link #requireFree}
   */
  StagedDirectory(Path place) throws IOException {
    this.place = real(place);
    Files.createDirectories(this.place.getParent());
    this.stage = sibling("merging");
    Files.createDirectory(stage);
  }

  /**
   * Refuses a place that cannot be taken.
   *
   * @param replace whether a checkpoint that stands there may be replaced
   */
  static void requireFree(Path place, boolean replace) {
    if (Files.isDirectory(place) ? isEmpty(place) : Files.notExists(place)) {
      return;
    }
    if (!Files.isDirectory(place)) {
      throw new InputException("%s is a file, expected a new directory.".formatted(place));
    }
    if (!Files.exists(place.resolve("config.json"))) {
      throw new InputException(
          "%s is not empty and holds no checkpoint, expected a new directory.".formatted(place));
    }
    if (!replace) {
      throw new InputException(
          """
          %s holds a checkpoint, expected a new directory.
          Maybe replace it: --force."""
              .formatted(place));
    }
  }

  /** Refuses a place that is or holds one of these directories. */
  static void requireApart(Path place, List<Path> directories) {
    for (Path directory : directories) {
      Path mine = real(place);
      Path other = real(directory);
      if (other.startsWith(mine)) {
        throw new InputException(
            "%s is or holds the parent %s, expected another directory."
                .formatted(place, directory));
      }
    }
  }

  private static boolean isEmpty(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw InputException.unreadable(directory, e);
    }
  }

  private static Path real(Path path) {
    try {
      return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
    } catch (IOException e) {
      throw InputException.unreadable(path, e);
    }
  }

  /** A name beside the place that nothing has yet. */
  private Path sibling(String purpose) throws IOException {
    for (int number = 1; number < 1000; number++) {
      Path free = place.resolveSibling(".%s.%s-%d".formatted(place.getFileName(), purpose, number));
      if (Files.notExists(free)) {
        return free;
      }
    }
    throw new FileAlreadyExistsException(place.getFileName() + "." + purpose);
  }

  /** Where to write. */
  Path stage() {
    return stage;
  }

  /** Puts the directory in its place; what stood there is deleted afterwards. */
  void publish() throws IOException {
    if (Files.notExists(place) || isEmpty(place)) {
      Files.deleteIfExists(place);
      Files.move(stage, place, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Path old = sibling("replaced");
    Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(stage, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, place, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    delete(old);
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(stage)) {
      delete(stage);
    }
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
