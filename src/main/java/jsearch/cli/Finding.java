package jsearch.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What was found where jsearch runs.
 *
 * @param what was looked at
 * @param level how it is
 * @param found in a few words
 * @param advice what to do about it, a sentence; empty where nothing is to be done
 */
record Finding(String what, Level level, String found, Optional<String> advice) {
  /** How a finding is. */
  enum Level {
    OK("ok"),
    /** jsearch runs, but not as well as it could. */
    WARNING("warn"),
    /** jsearch does not run. */
    PROBLEM("BAD");

    private final String word;

    Level(String word) {
      this.word = word;
    }

    /** The word before a line. */
    String word() {
      return word;
    }
  }

  static Finding ok(String what, String found) {
    return new Finding(what, Level.OK, found, Optional.empty());
  }

  static Finding warning(String what, String found, String advice) {
    return new Finding(what, Level.WARNING, found, Optional.of(advice));
  }

  static Finding problem(String what, String found, String advice) {
    return new Finding(what, Level.PROBLEM, found, Optional.of(advice));
  }

  /** The finding in a line, and its advice in the next. */
  String text() {
    String line = "%-4s  %-10s  %s%n".formatted(level.word(), what, found);
    return line + advice.map(text -> "      %10s  %s%n".formatted("", text)).orElse("");
  }

  Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("what", what);
    map.put("level", level.name().toLowerCase(Locale.ROOT));
    map.put("found", found);
    advice.ifPresent(text -> map.put("advice", text));
    return map;
  }
}
