package jsearch.schedule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jsearch.checkpoint.DType;
import jsearch.document.Writer;

/**
 * A merge that mergekit can repeat: two parents, a schedule and the format of the result.
 *
 * @param comment how to repeat the search, any number of lines; written above the recipe
 * @param base directory or hub id of the parent at t = 0
 * @param donor directory or hub id of the parent at t = 1
 * @param dtype number format of the merged checkpoint, the base's
 * @param tokenizer {@code tokenizer_source}: base, union or the donor; empty where the parents have
 *     the same tokens
 * @param chatTemplate {@code chat_template}; empty for the base's
 * @param schedule t of every tensor
 */
public record Recipe(
    String comment,
    String base,
    String donor,
    DType dtype,
    Optional<String> tokenizer,
    Optional<String> chatTemplate,
    Schedule schedule) {
  private static final Map<DType, String> DTYPES =
      Map.of(
          DType.F64, "float64",
          DType.F32, "float32",
          DType.F16, "float16",
          DType.BF16, "bfloat16");

  /** A recipe of parents with the same tokens. */
  public Recipe(String comment, String base, String donor, DType dtype, Schedule schedule) {
    this(comment, base, donor, dtype, Optional.empty(), Optional.empty(), schedule);
  }

  /**
   * The recipe in mergekit's YAML, with one t a layer, or one number where the layers agree.
   *
   * <p>mergekit casts its input to {@code dtype} and its result to {@code out_dtype}: computing in
   * float32 leaves one rounding. Reading {@code parameters.t} back by {@link Template} gives the
   * same schedule, bit for bit.
   */
  public String yaml() {
    return """
        %smerge_method: slerp
        base_model: %s
        models:
          - model: %s
          - model: %s
        parameters:
          t:
        %sdtype: float32
        out_dtype: %s
        %s%s"""
        .formatted(
            header(),
            Writer.jsonLine(base),
            Writer.jsonLine(base),
            Writer.jsonLine(donor),
            schedule.rules().stream().map(Recipe::rule).collect(Collectors.joining()),
            name(dtype),
            line("tokenizer_source", tokenizer),
            line("chat_template", chatTemplate));
  }

  private static String line(String key, Optional<String> value) {
    return value.map(text -> "%s: %s\n".formatted(key, Writer.jsonLine(text))).orElse("");
  }

  /** What transformers and mergekit call a format, such as {@code bfloat16}. */
  public static String name(DType dtype) {
    return DTYPES.get(dtype);
  }

  private String header() {
    if (comment.isEmpty()) {
      return "";
    }
    // All of Unicode's line ends: YAML knows more of them than String.lines().
    return Pattern.compile("\\R")
        .splitAsStream(comment)
        .map(line -> "# %s".formatted(line).stripTrailing() + "\n")
        .collect(Collectors.joining());
  }

  private static String rule(Schedule.Rule rule) {
    String value = value(rule.t());
    return rule.filter().equals(Schedule.ANY)
        ? "    - value: %s\n".formatted(value)
        : "    - filter: %s\n      value: %s\n".formatted(Writer.jsonLine(rule.filter()), value);
  }

  private static String value(List<Double> t) {
    return t.stream().distinct().count() == 1
        ? Writer.jsonLine(t.get(0))
        : t.stream().map(Writer::jsonLine).collect(Collectors.joining(", ", "[", "]"));
  }
}
