package jsearch.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TensorInfo;
import jsearch.document.Document;

/**
 * Lists of a config that have an entry a layer, such as {@code layer_types}, for a merge's layers.
 *
 * <p>An entry goes where its layer goes: to each layer of the merge that this one is the first
 * input of. mergekit (0.1.4) leaves such lists as they are, so that transformers refuses the merge
 * or takes a layer for another kind.
 */
final class LayerLists {
  /** Where a layer of the merge comes from. */
  record Origin(Checkpoint parent, int layer) {}

  private final Checkpoint base;
  private final List<Origin> origins;

  /**
   * @param base the parent whose config the merge has
   * @param parents all parents
   * @param blends the tensors of the merge
   */
  LayerLists(Checkpoint base, Collection<Checkpoint> parents, List<Blend> blends) {
    this.base = base;
    SortedMap<Integer, Origin> found = new TreeMap<>();
    for (Blend blend : blends) {
      blend
          .name()
          .layer()
          .ifPresent(layer -> origin(blend, parents).ifPresent(o -> found.putIfAbsent(layer, o)));
    }
    origins = List.copyOf(found.values());
  }

  private static Optional<Origin> origin(Blend blend, Collection<Checkpoint> parents) {
    return blend.inputs().get(0).spans().stream()
        .flatMap(span -> span.tensor().stream())
        .findFirst()
        .flatMap(first -> origin(first, parents));
  }

  private static Optional<Origin> origin(TensorInfo first, Collection<Checkpoint> parents) {
    return parents.stream()
        .filter(parent -> first.equals(parent.tensors().get(first.name().text())))
        .findFirst()
        .map(parent -> new Origin(parent, first.name().layer().orElseThrow()));
  }

  /** Number of layers of the merge. */
  int layers() {
    return origins.size();
  }

  /** The lists of the base's config that change; empty for those that cannot be told. */
  Map<String, Optional<List<Object>>> changed() {
    Map<String, Optional<List<Object>>> changed = new LinkedHashMap<>();
    if (!asInBase()) {
      base.config()
          .entries()
          .forEach(
              (key, value) -> {
                if (list(base, key).isPresent()) {
                  changed.put(key, gathered(key));
                }
              });
    }
    return changed;
  }

  private boolean asInBase() {
    return layers() == base.layers()
        && IntStream.range(0, layers())
            .allMatch(i -> origins.get(i).layer() == i && origins.get(i).parent() == base);
  }

  private Optional<List<Object>> gathered(String key) {
    List<Object> gathered = new ArrayList<>();
    for (Origin origin : origins) {
      Optional<List<Document>> list = list(origin.parent(), key);
      if (list.isEmpty()) {
        return Optional.empty();
      }
      gathered.add(list.get().get(origin.layer()).value());
    }
    return Optional.of(gathered);
  }

  /** A list with an entry a layer; by its length, for names are many. */
  private static Optional<List<Document>> list(Checkpoint parent, String key) {
    if (key.equals("architectures") || key.contains("token")) {
      return Optional.empty();
    }
    return parent
        .config()
        .find(key)
        .filter(Document::isList)
        .map(Document::items)
        .filter(items -> items.size() == parent.layers());
  }
}
