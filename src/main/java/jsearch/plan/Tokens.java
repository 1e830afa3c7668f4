package jsearch.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jsearch.document.InputException;

/** Whose tokens a merge of two parents has. */
public enum Tokens {
  BASE,
  DONOR,
  /** The base's, then those that the donor has beside them. */
  UNION;

  /**
   * Those of this name.
   *
   * @throws InputException for any other name
   */
  public static Tokens named(String name) {
    return Arrays.stream(values())
        .filter(tokens -> tokens.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "The tokenizer source is %s, expected one of %s."
                        .formatted(name, List.of(values()))));
  }

  /** The name, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
