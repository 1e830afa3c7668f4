package jsearch.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.document.InputException;

/**
 * An index some of whose shards are absent: the tensors it lists may stand in others.
 *
 * <p>So it is where a checkpoint was sharded anew and the index of before was left. A download that
 * stopped early lacks tensors, and is told from it by that.
 *
 * @param names the tensors that it lists
 */
record StaleIndex(Path index, Set<String> names) {

  /**
   * The tensors, from the safetensors files beside the index; files with none of them are passed
   * by.
   *
   * @return empty when some are in no file, or a file holds others besides
   * @throws InputException when two files hold one of them
   */
  Optional<Shards> read() {
    SortedMap<String, TensorInfo> tensors = new TreeMap<>();
    Set<String> files = new TreeSet<>();
    for (Path file : files()) {
      List<TensorInfo> infos = SafetensorsHeader.read(file);
      long listed = infos.stream().filter(info -> names.contains(info.name().text())).count();
      if (listed > 0 && listed < infos.size()) {
        return Optional.empty();
      }
      if (listed > 0) {
        infos.forEach(info -> put(tensors, info));
        files.add(file.getFileName().toString());
      }
    }
    return tensors.keySet().equals(names)
        ? Optional.of(new Shards(tensors, List.of(warning(files))))
        : Optional.empty();
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(index.toAbsolutePath().getParent())) {
      return files
          .map(file -> index.resolveSibling(file.getFileName()))
          .filter(file -> file.toString().endsWith(".safetensors"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s".formatted(index.getParent(), e), e);
    }
  }

  private void put(SortedMap<String, TensorInfo> tensors, TensorInfo info) {
    TensorInfo before = tensors.put(info.name().text(), info);
    if (before != null) {
      throw new InputException(
          """
          Tensor %s stands in %s and in %s, and %s names another that is absent.
          Maybe the directory mixes files of two checkpoints."""
              .formatted(info.name().text(), before.file(), info.file(), index.getFileName()));
    }
  }

  private String warning(Set<String> files) {
    return "%s names shards that are absent; all its tensors were found in %s."
        .formatted(index, files.stream().collect(Collectors.joining(", ")));
  }
}
