package jsearch.plan;

import java.util.List;
import java.util.Random;

/** Damages the text of a recipe for tests. */
public final class RecipeMutation {
  private static final List<String> TOKENS =
      List.of(
          "-1",
          "0",
          "1",
          "7",
          "99999999999999999999",
          "1e999",
          "1e39",
          "-1e-300",
          ".nan",
          "-.inf",
          "true",
          "null",
          "~",
          "\"\"",
          "''",
          "\"",
          "'",
          "{",
          "}",
          "[",
          "]",
          "[]",
          "{}",
          ",",
          ":",
          ": ",
          "- ",
          "\n",
          "\n  ",
          "\t",
          "#",
          "&x ",
          "*x",
          "<<: ",
          "? ",
          "!!int ",
          "!!binary ",
          "|\n",
          ">-\n",
          "---\n",
          "...\n",
          "%",
          "@",
          "`",
          "\0",
          "\ud800",
          "\u0085",
          "é",
          "a",
          "b",
          "c",
          "union",
          "slerp",
          "linear",
          "nuslerp",
          "passthrough",
          "t: ",
          "weight: ",
          "filter: ",
          "value: ",
          "model: ",
          "parameters: ",
          "sources: ",
          "layer_range: ",
          "base_model: ",
          "normalize: ",
          "dtype: float16\n",
          "tokenizer_source: base\n",
          "[[[[[[[[[[[[[[[[[[[[");

  private RecipeMutation() {}

  /** One to three changes: a character, a cut, a token put in or over, a line moved or doubled. */
  public static String of(String good, Random random) {
    StringBuilder text = new StringBuilder(good);
    for (int i = random.nextInt(3); i >= 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(10));
      String token = TOKENS.get(random.nextInt(TOKENS.size()));
      switch (random.nextInt(7)) {
        case 0 -> text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(7)));
        case 1 -> text.delete(at, end);
        case 2 -> text.insert(at, token);
        case 3 -> text.replace(at, end, token);
        case 4 -> replaceNumber(text, at, token);
        case 5 -> copyLine(text, at, random.nextInt(text.length()));
        default -> text.setLength(Math.max(1, at));
      }
    }
    return text.toString();
  }

  /** Puts a token in the place of the next number, which leaves most of YAML as it was. */
  private static void replaceNumber(StringBuilder text, int from, String token) {
    int at = from;
    while (at < text.length() && !Character.isDigit(text.charAt(at))) {
      at++;
    }
    text.replace(at, Math.min(at + 1, text.length()), token);
  }

  private static void copyLine(StringBuilder text, int from, int to) {
    int begin = text.lastIndexOf("\n", from - 1) + 1;
    int end = text.indexOf("\n", begin);
    String line = text.substring(begin, end < 0 ? text.length() : end) + "\n";
    text.insert(text.lastIndexOf("\n", to) + 1, line);
  }
}
