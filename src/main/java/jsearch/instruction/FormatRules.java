package jsearch.instruction;

import java.util.Locale;
import jsearch.python.PythonPattern;
import jsearch.python.PythonText;

/** Rules on marked parts of a response: placeholders, bullets, highlights, sections, titles. */
final class FormatRules {
  private static final PythonPattern PLACEHOLDER = PythonPattern.of("\\[.*?\\]");
  private static final PythonPattern STAR = PythonPattern.of("(?m)^\\s*\\*[^*].*$");
  private static final PythonPattern DASH = PythonPattern.of("(?m)^\\s*-.*$");
  private static final PythonPattern ITALIC = PythonPattern.of("\\*[^\\n*]*\\*");
  private static final PythonPattern BOLD = PythonPattern.of("\\*\\*[^\\n*]*\\*\\*");
  private static final PythonPattern TITLE = PythonPattern.of("<<[^\\n]+>>");
  private static final PythonPattern STARS = PythonPattern.of("^\\*+|\\*+$");
  private static final PythonPattern BRACKETS = PythonPattern.of("^<+|>+$");

  private FormatRules() {}

  /** At least so many placeholders in square brackets. */
  static Rule placeholders(Arguments arguments) {
    int wanted = arguments.count("num_placeholders");
    return response -> PLACEHOLDER.count(response) >= wanted;
  }

  /** A postscript: the marker occurs, whatever its case; P.S. and P.P.S may have spaces in them. */
  static Rule postscript(Arguments arguments) {
    String marker = arguments.text("postscript_marker");
    PythonPattern pattern =
        switch (marker) {
          case "P.P.S" -> PythonPattern.of("p\\.\\s?p\\.\\s?s");
          case "P.S." -> PythonPattern.of("p\\.\\s?s\\.");
          default -> arguments.pattern("postscript_marker", "(?i)", "");
        };
    return response -> pattern.occursIn(response.toLowerCase(Locale.ROOT));
  }

  /** Exactly so many bullets: lines that begin with one asterisk or with a dash. */
  static Rule bullets(Arguments arguments) {
    int wanted = arguments.count("num_bullets");
    return response -> STAR.count(response) + DASH.count(response) == wanted;
  }

  /** At least so many highlights between asterisks, one or two on either side. */
  static Rule highlights(Arguments arguments) {
    int wanted = arguments.count("num_highlights");
    return response -> filled(ITALIC, STARS, response) + filled(BOLD, STARS, response) >= wanted;
  }

  /** At least so many sections, each beginning with the mark and a number. */
  static Rule sections(Arguments arguments) {
    int wanted = arguments.count("num_sections");
    PythonPattern pattern = arguments.pattern("section_spliter", "\\s?", "\\s?\\d+\\s?");
    return response -> pattern.count(response) >= wanted;
  }

  /** A title in double angular brackets. */
  static Rule title() {
    return response -> filled(TITLE, BRACKETS, response) > 0;
  }

  /** How many matches are more than spaces between their marks. */
  private static long filled(PythonPattern pattern, PythonPattern marks, String response) {
    return pattern.findAll(response).stream()
        .filter(match -> !PythonText.strip(marks.remove(match.get(0))).isEmpty())
        .count();
  }
}
