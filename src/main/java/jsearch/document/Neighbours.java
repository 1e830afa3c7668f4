package jsearch.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What stands where a path was looked for in vain: the names it was probably meant to be. */
public final class Neighbours {
  /** A directory of data may hold millions, and this is for a message. */
  private static final int MOST = 10_000;

  private static final int LISTED = 20;

  private Neighbours() {}

  /** A line "Maybe you mean this." with paths that exist and are near to a missing one, or "". */
  public static String hint(Path missing) {
    return hint(missing, Files::exists);
  }

  /**
   * A line with near paths.
   *
   * @param wanted which of them would do
   */
  public static String hint(Path missing, Predicate<Path> wanted) {
    List<String> near = near(missing).stream().filter(wanted).map(Path::toString).toList();
    return near.isEmpty() ? "" : "\nMaybe you mean %s.".formatted(Nearest.choice(near));
  }

  /** Paths that exist: near where the first part of the path that is missing is another. */
  private static List<Path> near(Path missing) {
    Path whole = missing.normalize();
    for (int parts = 1; parts <= whole.getNameCount(); parts++) {
      Path start = whole.isAbsolute() ? whole.getRoot() : Path.of("");
      Path parent = parts == 1 ? start : start.resolve(whole.subpath(0, parts - 1));
      Path part = whole.getName(parts - 1);
      if (!Files.exists(parent.resolve(part))) {
        Path rest =
            parts == whole.getNameCount() ? null : whole.subpath(parts, whole.getNameCount());
        return Nearest.to(part.toString(), names(parent, any -> true)).stream()
            .map(parent::resolve)
            .map(near -> rest == null ? near : near.resolve(rest))
            .filter(Files::exists)
            .toList();
      }
    }
    return List.of();
  }

  /** The names in a directory that are not hidden, sorted; none where it cannot be read. */
  public static List<String> names(Path directory, Predicate<Path> wanted) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .limit(MOST)
          .filter(wanted)
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(); // The fault that led here is the one to tell.
    }
  }

  /** Names as a message lists them, the first of many. */
  public static String listed(List<String> names) {
    int more = names.size() - LISTED;
    return more > 0
        ? "%s and %d more".formatted(String.join(", ", names.subList(0, LISTED)), more)
        : String.join(", ", names);
  }
}
