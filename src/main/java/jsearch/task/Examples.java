package jsearch.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.python.PythonRandom;

/**
 * Draws the solved examples of each item, the same ones as lm-evaluation-harness.
 *
 * <p>Its default draws by Python's generator, seeded once a task, so the items have to be asked for
 * in their order. Where it could show an item its own answer, the next unused example stands in.
 */
final class Examples {
  private static final int SEED = 1234;
  private static final Set<String> KEYS =
      Set.of(
          "sampler",
          "split",
          "samples",
          "doc_to_text",
          "doc_to_choice",
          "doc_to_target",
          "gen_prefix",
          "fewshot_delimiter",
          "target_delimiter");

  private final Document shots;
  private final int count;
  private final List<Document> pool;
  private final boolean inOrder;

  /** Whether lm-evaluation-harness takes the item itself out of what it draws. */
  private final boolean excluding;

  /** Whether the item itself is in the pool. */
  private final boolean containing;

  private final PythonRandom random = new PythonRandom(SEED);

  /**
   * @param shots the setting that asks for examples, for messages
   * @param evaluated the docs that are asked about
   */
  Examples(TaskFile task, DataFiles data, List<Document> evaluated, Document shots, int count) {
    Optional<Document> config = config(task);
    Optional<Document> split =
        config.flatMap(found -> found.find("split")).or(() -> task.find("fewshot_split"));
    Optional<Document> samples = config.flatMap(found -> found.find("samples"));
    this.shots = shots;
    this.count = count;
    this.inOrder = isInOrder(config);
    this.pool = pool(task, data, split, samples);
    this.excluding = split.map(Document::text).equals(task.find("test_split").map(Document::text));
    this.containing = pool.equals(evaluated);
    int most = pool.size() - (excluding && containing ? 1 : 0);
    if (count > most) {
      throw new InputException(
          "%s: %d solved examples are asked for, expected at most the %d that there are."
              .formatted(shots.place(), count, most));
    }
  }

  /** The keys of {@code fewshot_config}. */
  static Optional<Document> config(TaskFile task) {
    Optional<Document> config = task.find("fewshot_config").map(found -> found.allow(KEYS));
    isInOrder(config);
    return config;
  }

  private static boolean isInOrder(Optional<Document> config) {
    Optional<Document> sampler = config.flatMap(found -> found.find("sampler"));
    return sampler.isPresent()
        && switch (sampler.get().text()) {
          case "default" -> false;
          case "first_n" -> true;
          default -> throw sampler.get().expected("default or first_n");
        };
  }

  private static List<Document> pool(
      TaskFile task, DataFiles data, Optional<Document> split, Optional<Document> samples) {
    if (split.isEmpty() && samples.isPresent()) {
      return samples.get().items();
    }
    return split
        .or(() -> task.find("training_split"))
        .or(() -> task.find("validation_split"))
        .or(() -> task.find("test_split"))
        .map(data::split)
        .map(data::docs)
        .orElseGet(() -> data.docs(data.evaluated()));
  }

  /** The examples of an item, from first to last. */
  List<Document> draw(Document item) {
    List<Document> drawn = excluding || containing ? without(item) : plain(pool, count);
    if (drawn.size() < count) {
      throw new InputException(
          "%s: %s has %d other examples, expected at least %d."
              .formatted(shots.place(), item.place(), drawn.size(), count));
    }
    return drawn;
  }

  private List<Document> without(Document item) {
    if (inOrder) {
      return others(pool.stream(), item).limit(count).toList();
    }
    if (!excluding) {
      // Only what would be the item itself is replaced, so that all other draws stay the same.
      List<Document> drawn = new ArrayList<>(others(plain(pool, count).stream(), item).toList());
      others(pool.stream(), item)
          .filter(doc -> drawn.stream().noneMatch(one -> one == doc))
          .limit(count - drawn.size())
          .toList()
          .forEach(drawn::add);
      return drawn;
    }
    if (pool.size() <= count) {
      return others(pool.stream(), item).toList();
    }
    List<Document> drawn = others(plain(pool, count + 1).stream(), item).limit(count).toList();
    if (drawn.size() == count) {
      return drawn;
    }
    List<Document> rest = others(pool.stream(), item).toList();
    return rest.size() < count ? rest : plain(rest, count);
  }

  private List<Document> plain(List<Document> from, int n) {
    return inOrder
        ? from.subList(0, n)
        : random.sample(from.size(), n).stream().map(from::get).toList();
  }

  private static Stream<Document> others(Stream<Document> docs, Document item) {
    Object value = item.value();
    return docs.filter(doc -> !doc.value().equals(value));
  }
}
