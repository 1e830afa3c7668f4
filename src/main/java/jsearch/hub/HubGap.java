package jsearch.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jsearch.document.InputException;

/** What the cache lacks of a checkpoint that cannot be fetched now, in a sentence for the user. */
final class HubGap {
  private final HubCache cache;
  private final HubId id;

  HubGap(HubCache cache, HubId id) {
    this.cache = cache;
    this.id = id;
  }

  /** Tells what was never fetched from what was fetched in part, and names the first file. */
  String sentence() {
    List<Path> snapshots = list(cache.snapshots());
    Optional<Path> asked = cache.commit(id).map(cache::snapshot).filter(snapshots::contains);
    // A download of ours notes the revision last, so a snapshot without one may be it, unfinished.
    Optional<Path> unfinished =
        asked.or(() -> snapshots.stream().filter(path -> !HubChoice.isUsable(path)).findFirst());
    if (unfinished.isPresent()) {
      return inPart(unfinished.get());
    }
    if (snapshots.isEmpty() || id.isCommit()) {
      return "It was never fetched into the cache.";
    }
    return "It was never fetched into the cache, which has the commit %s of it."
        .formatted(snapshots.get(0).getFileName());
  }

  private String inPart(Path snapshot) {
    List<String> missing = HubChoice.missing(snapshot);
    Path first = snapshot.resolve(missing.get(0));
    return "It was fetched in part: %s is missing%s%s.%s"
        .formatted(
            first,
            Files.isSymbolicLink(first) ? " (its link leads to nothing)" : "",
            missing.size() > 1 ? ", and %d more".formatted(missing.size() - 1) : "",
            unfinishedBytes());
  }

  /** The downloads that stopped: huggingface_hub's and our own. */
  private String unfinishedBytes() {
    long bytes = 0;
    for (Path blob : list(cache.blobs())) {
      if (blob.toString().endsWith(".incomplete")) {
        bytes += blob.toFile().length();
      }
    }
    return bytes == 0
        ? ""
        : " %,d bytes of unfinished downloads are in %s.".formatted(bytes, cache.blobs());
  }

  private static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s".formatted(directory, e), e);
    }
  }
}
