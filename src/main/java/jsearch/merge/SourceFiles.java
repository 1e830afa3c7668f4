package jsearch.merge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.InputException;

/** The parents' files of weights as they were when the merge began. */
final class SourceFiles {
  private final Map<Path, Stamp> stamps = new LinkedHashMap<>();

  private record Stamp(long size, FileTime modified) {}

  SourceFiles(Collection<Checkpoint> parents) {
    for (Checkpoint parent : parents) {
      parent.tensors().values().stream()
          .map(info -> info.file())
          .distinct()
          .forEach(file -> stamps.put(file, stamp(file)));
    }
  }

  /** Refuses a merge of files that were written to since. */
  void requireUnchanged() {
    stamps.forEach(
        (file, stamp) -> {
          if (!stamp(file).equals(stamp)) {
            throw new InputException(
                "%s changed while it was merged, expected it to stay as it was.".formatted(file));
          }
        });
  }

  private static Stamp stamp(Path file) {
    try {
      return new Stamp(Files.size(file), Files.getLastModifiedTime(file));
    } catch (IOException e) {
      throw InputException.unreadable(file, e);
    }
  }
}
