package jsearch.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * The tensors of a directory: those of model.safetensors, or of the shards that an index names.
 *
 * <p>Where both stand, model.safetensors is taken, as transformers does. The index and its shards
 * must agree in both directions: each tensor stands in the one shard that the index gives. Only
 * where shards that it names are absent may others hold what it lists, all of it, once (mergekit
 * and transformers refuse them).
 *
 * @param tensors by name
 * @param warnings a sentence each
 */
public record Shards(SortedMap<String, TensorInfo> tensors, List<String> warnings) {
  /** The one file of weights. */
  public static final String SINGLE = "model.safetensors";

  /** The index of several. */
  public static final String INDEX = "model.safetensors.index.json";

  /** Refuses a directory without weights in safetensors, saying what it has instead. */
  static void requireWeights(Path directory) {
    if (!stands(directory.resolve(SINGLE)) && !stands(directory.resolve(INDEX))) {
      throw noWeights(directory);
    }
  }

  /** The files that the index of a directory names, whether or not they are there. */
  public static SortedSet<Path> indexedFiles(Path directory) {
    return new TreeSet<>(places(directory.resolve(INDEX)).values());
  }

  static Shards read(Path directory) {
    Path single = directory.resolve(SINGLE);
    Shards shards =
        stands(single)
            ? new Shards(named(SafetensorsHeader.read(single)), List.of())
            : indexed(directory.resolve(INDEX));
    if (shards.tensors.isEmpty()) {
      throw new InputException("%s holds no tensors, expected some.".formatted(directory));
    }
    return shards;
  }

  private static SortedMap<String, TensorInfo> named(List<TensorInfo> infos) {
    SortedMap<String, TensorInfo> tensors = new TreeMap<>();
    infos.forEach(info -> tensors.put(info.name().text(), info));
    return tensors;
  }

  /** A dangling link stands too, so that reading it tells what is wrong. */
  private static boolean stands(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static Shards indexed(Path index) {
    PlainFile.refusePointer(index);
    Map<String, Path> places = places(index);
    List<Path> absent = absent(places.values());
    if (!absent.isEmpty()) {
      return new StaleIndex(index, places.keySet())
          .read()
          .orElseThrow(() -> PlainFile.missing(absent.get(0), index));
    }
    SortedMap<String, TensorInfo> tensors = new TreeMap<>();
    for (Path shard : new TreeSet<>(places.values())) {
      for (TensorInfo info : SafetensorsHeader.read(shard)) {
        requirePlace(info, places.get(info.name().text()), index);
        tensors.put(info.name().text(), info);
      }
    }
    places.forEach((name, shard) -> requirePresent(tensors, name, shard, index));
    return new Shards(tensors, List.of());
  }

  private static List<Path> absent(Collection<Path> shards) {
    return new TreeSet<>(shards).stream().filter(shard -> !Files.exists(shard)).toList();
  }

  private static void requirePlace(TensorInfo info, Path place, Path index) {
    if (!info.file().equals(place)) {
      throw new InputException(
          """
          Tensor %s stands in %s, but %s gives %s for it.
          Maybe the directory mixes files of two checkpoints."""
              .formatted(
                  info.name().text(),
                  info.file(),
                  index.getFileName(),
                  place == null ? "no shard" : place.getFileName()));
    }
  }

  private static Map<String, Path> places(Path index) {
    Map<String, Path> places = new TreeMap<>();
    Document.json(index)
        .at("weight_map")
        .entries()
        .forEach(
            (name, shard) -> {
              if (!new TensorName(name).isBuffer()) {
                places.put(name, shard(index, shard));
              }
            });
    return places;
  }

  /** Checks the name as text: a shard may be a link to elsewhere, as in the Hub's cache. */
  private static Path shard(Path index, Document value) {
    String name = value.text();
    boolean plain = name.indexOf('/') < 0 && name.indexOf('\\') < 0;
    try {
      if (plain && name.endsWith(".safetensors")) {
        return index.resolveSibling(name);
      }
    } catch (InvalidPathException e) {
      // said below
    }
    throw value.expected("the plain name of a .safetensors file beside the index");
  }

  private static void requirePresent(
      Map<String, TensorInfo> tensors, String name, Path shard, Path index) {
    if (!tensors.containsKey(name)) {
      throw new InputException(
          """
          Tensor %s is missing from %s, but %s says that it is there.
          Maybe the directory mixes files of two checkpoints."""
              .formatted(name, shard, index.getFileName()));
    }
  }

  private static InputException noWeights(Path directory) {
    String found = named(directory, name -> !name.startsWith("."));
    String maybe = "";
    if (!named(directory, name -> name.startsWith("adapter_")).isEmpty()) {
      maybe = "\nMaybe merge the adapter into its base first (peft: merge_and_unload).";
    } else if (!named(directory, name -> name.endsWith(".safetensors")).isEmpty()) {
      maybe = "\nMaybe the index is missing; fetch %s.".formatted(INDEX);
    } else if (!named(directory, name -> name.matches(".*\\.(bin|pt|pth)")).isEmpty()) {
      maybe =
          "\nMaybe convert the pickled weights: load them with transformers' from_pretrained, then"
              + " save_pretrained writes safetensors.";
    } else if (!named(directory, name -> name.endsWith(".gguf")).isEmpty()) {
      maybe = "\nMaybe use the original checkpoint that the GGUF file was made from.";
    } else {
      maybe = PlainFile.unfinished(directory).map("\n"::concat).orElse("");
    }
    return new InputException(
        "%s holds no weights that can be read: found [%s], expected %s or %s.%s"
            .formatted(directory, found, SINGLE, INDEX, maybe));
  }

  private static String named(Path directory, Predicate<String> wanted) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(wanted)
          .sorted()
          .limit(10)
          .collect(Collectors.joining(", "));
    } catch (IOException e) {
      throw InputException.unreadable(directory, e);
    }
  }
}
