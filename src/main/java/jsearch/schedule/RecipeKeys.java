package jsearch.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Nearest;

/**
 * Finds the lines of a recipe that have no effect, as mergekit 0.1.5 ignores them.
 *
 * <p>Published recipes have such lines; refusing them would refuse merges that others made. Lines
 * that mean another merge are refused, and so is {@code revision}, whose author meant it.
 */
final class RecipeKeys {
  private static final Set<String> RECIPE =
      Set.of(
          "merge_method",
          "base_model",
          "models",
          "slices",
          "modules", // empty, else refused
          "parameters",
          "dtype",
          "out_dtype",
          "tokenizer_source",
          "tokenizer",
          "chat_template",
          "name"); // a label
  private static final Set<String> SLICE = Set.of("sources", "base_model", "parameters");
  private static final Set<String> SOURCE = Set.of("model", "layer_range", "parameters");
  private static final Set<String> MODEL = Set.of("model", "parameters");
  private static final Set<String> RULE = Set.of("filter", "value");
  private static final String PARAMETERS = "parameters";

  /** Parameters of mergekit's methods, and what published recipes set where none reads it. */
  private static final Set<String> PARAMETERS_OF_MERGEKIT =
      Set.of(
          "alpha",
          "density",
          "epsilon",
          "filter_wise",
          "gamma",
          "int8_mask",
          "lambda",
          "max_iter",
          "normalize",
          "normalize_weights",
          "nuslerp_flatten",
          "nuslerp_row_wise",
          "rescale",
          "scale",
          "select_topk",
          "t",
          "tol",
          "weight");

  /** Places of one key that says the same, such as models[0].weight and models[1].weight. */
  private record Ignored(String first, int places, String why, boolean slip) {}

  private final MergeMethod method;
  private final Map<String, Ignored> ignored = new LinkedHashMap<>();

  private RecipeKeys(MergeMethod method) {
    this.method = method;
  }

  /**
   * What a recipe says in vain.
   *
   * @throws InputException on a key that means another merge, and where lists and mappings are none
   */
  static Remarks check(Document recipe, MergeMethod method) {
    RecipeKeys keys = new RecipeKeys(method);
    keys.checkAll(recipe);
    return new Remarks(keys.sentences(false), keys.sentences(true));
  }

  private void checkAll(Document recipe) {
    refuse(recipe, "modules");
    check(recipe, RECIPE, method.parameters());
    for (Document model : items(recipe, "models")) {
      refuseRevision(model);
      check(model, MODEL, method.ownParameters());
    }
    for (Document slice : items(recipe, "slices")) {
      check(slice, SLICE, method.parameters());
      for (Document source : items(slice, "sources")) {
        refuseRevision(source);
        check(source, SOURCE, method.ownParameters());
      }
    }
  }

  private static List<Document> items(Document place, String key) {
    return place.find(key).map(Document::items).orElse(List.of());
  }

  private static void refuse(Document place, String key) {
    Optional<Document> found = place.find(key);
    if (found.isPresent() && !(found.get().isMap() && found.get().entries().isEmpty())) {
      throw new InputException("%s is not supported here.".formatted(found.get().place()));
    }
  }

  private static void refuseRevision(Document source) {
    source
        .find("revision")
        .ifPresent(
            revision -> {
              throw new InputException(
                  """
                  %s is ignored by mergekit, which reads it only behind the model's name.
                  Maybe write model: %s@%s"""
                      .formatted(
                          revision.place(), ModelName.of(source.at("model")), revision.value()));
            });
  }

  private void check(Document place, Set<String> known, Set<String> parameters) {
    place
        .entries()
        .forEach(
            (key, value) -> {
              if (!known.contains(key) && value.value() != null) {
                ignore(value, strayKey(key, known));
              }
            });
    place
        .find(PARAMETERS)
        .ifPresent(found -> found.entries().forEach((k, v) -> checkParameter(k, v, parameters)));
  }

  private String strayKey(String key, Set<String> known) {
    boolean parameter = PARAMETERS_OF_MERGEKIT.contains(key);
    return parameter ? " Maybe it belongs under parameters." : Nearest.sentence(key, known);
  }

  private void checkParameter(String key, Document value, Set<String> known) {
    if (known.contains(key)) {
      rules(value).forEach(this::checkRule);
    } else if (method.parameters().contains(key)) {
      ignore(value, " Maybe move it to the parameters of the recipe or of a slice.");
    } else if (key.equals("int8_mask")) {
      note(value, "it saves mergekit memory and changes no weight");
    } else if (PARAMETERS_OF_MERGEKIT.contains(key)) {
      note(value, "%s does not read it".formatted(method.word()));
    } else {
      String nearMiss = Nearest.sentence(key, known);
      ignore(value, nearMiss.isEmpty() ? Nearest.sentence(key, PARAMETERS_OF_MERGEKIT) : nearMiss);
    }
  }

  private static List<Document> rules(Document value) {
    if (value.isMap()) {
      return List.of(value);
    }
    return value.isList() ? value.items().stream().filter(Document::isMap).toList() : List.of();
  }

  private void checkRule(Document rule) {
    rule.entries()
        .forEach(
            (key, value) -> {
              if (!RULE.contains(key)) {
                ignore(value, Nearest.sentence(key, RULE));
              }
            });
  }

  private void ignore(Document value, String advice) {
    add(value, " is ignored, as in mergekit." + advice, true);
  }

  private void note(Document value, String why) {
    add(value, " is ignored, as in mergekit: %s.".formatted(why), false);
  }

  private void add(Document value, String why, boolean slip) {
    ignored.merge(
        value.place().replaceAll("\\[\\d+]", "[]"),
        new Ignored(value.place(), 1, why, slip),
        (first, more) -> new Ignored(first.first(), first.places() + 1, first.why(), slip));
  }

  private List<String> sentences(boolean slips) {
    List<String> sentences = new ArrayList<>();
    for (Ignored each : ignored.values()) {
      if (each.slip() == slips) {
        String more = each.places() == 1 ? "" : " (and %d like it)".formatted(each.places() - 1);
        sentences.add(each.first() + more + each.why());
      }
    }
    return sentences;
  }
}
