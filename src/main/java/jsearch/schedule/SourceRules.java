package jsearch.schedule;

import java.util.List;
import java.util.Optional;
import jsearch.document.Document;

/** Which models a method merges: how many, and whether the base is one of them. */
final class SourceRules {
  private final MergeMethod method;
  private final Optional<String> base;

  SourceRules(MergeMethod method, Optional<String> base) {
    this.method = method;
    this.base = base;
  }

  Optional<String> base() {
    return base;
  }

  /**
   * Refuses what the method does not take.
   *
   * @param list {@code models} or {@code sources} of the recipe
   * @param sources what it says, and the base where mergekit adds it
   * @param slice whether it is of a slice, where a model alone is copied
   */
  void require(Document list, List<MergeRecipe.Source> sources, boolean slice) {
    requireOnce(list);
    if (slice && sources.size() == 1) {
      return;
    }
    switch (method) {
      case SLERP -> requireOneDonor(list);
      case NUSLERP -> requireTwo(list, sources);
      case PASSTHROUGH -> requireOne(list, sources);
      case LINEAR -> {}
    }
  }

  /** Whether a model needs a weight. */
  boolean weighed(String model) {
    return switch (method) {
      case LINEAR -> true;
      case NUSLERP -> !isBase(model);
      case SLERP, PASSTHROUGH -> false;
    };
  }

  private boolean isBase(String model) {
    return base.filter(model::equals).isPresent();
  }

  private static void requireOnce(Document list) {
    List<String> names = list.items().stream().map(item -> ModelName.of(item.at("model"))).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw list.expected("each model once");
    }
  }

  private void requireOneDonor(Document list) {
    List<Document> donors =
        list.items().stream()
            .map(item -> item.at("model"))
            .filter(model -> !isBase(ModelName.of(model)))
            .toList();
    if (donors.isEmpty()) {
      throw list.expected("a model other than the base %s".formatted(base.orElseThrow()));
    }
    if (donors.size() > 1) {
      throw donors
          .get(1)
          .expected(
              "the base %s or the donor %s; slerp merges two parents"
                  .formatted(base.orElseThrow(), ModelName.of(donors.get(0))));
    }
  }

  private static void requireOne(Document list, List<MergeRecipe.Source> sources) {
    if (sources.size() != 1) {
      throw list.expected("one model, and no other base_model; passthrough copies it");
    }
  }

  private void requireTwo(Document list, List<MergeRecipe.Source> sources) {
    long others = sources.stream().filter(source -> !isBase(source.model())).count();
    if (others != 2 || sources.size() != (base.isPresent() ? 3 : 2)) {
      throw list.expected(
          base.map(name -> "two models beside the base %s, their origin".formatted(name))
              .orElse("two models; nuslerp merges two"));
    }
  }
}
