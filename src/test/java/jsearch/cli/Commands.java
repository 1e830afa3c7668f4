package jsearch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jsearch.run.TinyPair;
import picocli.CommandLine;

/** Runs commands within the test. */
final class Commands {
  /**
   * How a command ended and what it said.
   *
   * @param loading the line that long work begins with, on stderr; empty where there is none
   * @param err the other lines there
   */
  record Result(int code, String out, String loading, String err) {}

  private static final Pattern LOADING =
      Pattern.compile("(?m)^(?:Loading|Merging) .* \\.\\.\\.\\R");

  private Commands() {}

  static Result run(Object... words) {
    return run(Main.commandLine(), words);
  }

  static Result run(CommandLine line, Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int code = Main.run(line, Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    Matcher loading = LOADING.matcher(err.toString());
    return new Result(
        code, out.toString(), loading.find() ? loading.group() : "", loading.replaceFirst(""));
  }

  /** Searches between the parents of a pair on the CPU. */
  static Result search(TinyPair pair, Path out, Object... more) {
    List<Object> words = new ArrayList<>();
    words.addAll(List.of("--base", pair.base(), "--donor", pair.donor(), "--eval", pair.suite()));
    words.addAll(List.of("--device", "cpu", "--out", out));
    words.addAll(List.of(more));
    return run(words.toArray());
  }

  /** Checks for exit code 2, and a message on stderr that has these words. */
  static void assertRefused(Result result, String... words) {
    assertEquals(2, result.code(), result.err());
    assertEquals("", result.out());
    assertTrue(result.err().startsWith("jsearch: "), result.err());
    for (String word : words) {
      assertTrue(result.err().contains(word), () -> word + " is not in " + result.err());
    }
    assertFalse(result.err().contains("Exception"), result.err());
  }
}
