package jsearch.schedule;

import java.nio.file.Path;
import java.util.List;
import jsearch.document.Document;
import jsearch.document.InputException;

/** Reads baselines: a YAML mapping from their names to {@code t} in mergekit's dialect. */
public final class Baselines {
  private Baselines() {}

  /**
   * The baselines of a file, in its order.
   *
   * @throws InputException when the file is missing or malformed
   */
  public static List<Baseline> load(Path file) {
    return Document.yaml(file).entries().entrySet().stream()
        .map(entry -> new Baseline(entry.getKey(), Template.read(entry.getValue())))
        .toList();
  }
}
