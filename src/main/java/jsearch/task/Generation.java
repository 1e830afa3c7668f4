package jsearch.task;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import jsearch.document.Document;

/**
 * How a task lets the model write: greedily, until a stop, at most so many tokens.
 *
 * @param stops texts that end an answer, besides the end of sequence
 * @param maxNewTokens the most tokens to write
 */
public record Generation(List<String> stops, int maxNewTokens) {
  private static final int DEFAULT_MAX_NEW_TOKENS = 256;

  /** The names of the most tokens; the first that is given counts. */
  private static final List<String> LENGTHS =
      List.of("max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens");

  /** Those of sampling change nothing where the likeliest token is taken. */
  private static final Set<String> KEYS =
      Set.of(
          "until",
          "max_gen_toks",
          "max_new_tokens",
          "max_tokens",
          "max_completion_tokens",
          "do_sample",
          "temperature",
          "top_p",
          "top_k");

  public Generation {
    stops = List.copyOf(stops);
  }

  /** Reads {@code generation_kwargs}; sampling is refused. */
  static Generation of(TaskFile task) {
    String delimiter = task.find("fewshot_delimiter").map(Document::text).orElse("\n\n");
    Optional<Document> found = task.find("generation_kwargs");
    if (found.isEmpty()) {
      return new Generation(List.of(delimiter), DEFAULT_MAX_NEW_TOKENS);
    }
    Document options = found.get().allow(KEYS);
    refuseSampling(options);
    return new Generation(
        options.find("until").map(Generation::stops).orElseGet(() -> List.of(delimiter)),
        LENGTHS.stream()
            .flatMap(key -> options.find(key).stream())
            .findFirst()
            .map(n -> n.integer(1, Integer.MAX_VALUE))
            .orElse(DEFAULT_MAX_NEW_TOKENS));
  }

  private static void refuseSampling(Document options) {
    Optional<Document> sample = options.find("do_sample");
    if (sample.isPresent() && sample.get().bool()) {
      throw sample.get().expected("false, as answers are written greedily");
    }
    Optional<Document> temperature = options.find("temperature");
    if (sample.isEmpty() && temperature.isPresent() && temperature.get().number() != 0) {
      throw temperature.get().expected("0, as answers are written greedily");
    }
  }

  private static List<String> stops(Document until) {
    List<String> stops =
        until.isText()
            ? List.of(until.text())
            : until.items().stream().map(Document::text).toList();
    return stops.stream().filter(stop -> !stop.isEmpty()).toList();
  }
}
