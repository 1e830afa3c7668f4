package jsearch.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import jsearch.checkpoint.DType;
import jsearch.schedule.Recipe;

/**
 * Keys of a config that name the format of the weights: transformers 4's, and 5's, which reads
 * both.
 */
final class FormatKeys {
  private static final String TRANSFORMERS_4 = "torch_dtype";
  private static final Set<String> KEYS = Set.of(TRANSFORMERS_4, "dtype");

  private FormatKeys() {}

  /** The config with this format under each such key, and under one where there was none. */
  static Map<String, Object> set(Map<String, Object> config, DType format) {
    Map<String, Object> made = replace(config, format);
    if (KEYS.stream().noneMatch(made::containsKey)) {
      made.put(TRANSFORMERS_4, Recipe.name(format));
    }
    return made;
  }

  /** The config with this format under each such key, in its parts too. */
  static Map<String, Object> replace(Map<?, ?> config, DType format) {
    Map<String, Object> made = new LinkedHashMap<>();
    config.forEach((key, value) -> made.put((String) key, replaced((String) key, value, format)));
    return made;
  }

  private static Object replaced(String key, Object value, DType format) {
    if (KEYS.contains(key)) {
      return Recipe.name(format);
    }
    return value instanceof Map<?, ?> part ? replace(part, format) : value;
  }
}
