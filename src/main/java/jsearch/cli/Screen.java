package jsearch.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * The standard streams as the user sees them: terminals or not, how wide, in colour or not.
 *
 * @param helpWidth columns of help texts
 */
record Screen(Surface out, Surface err, int helpWidth) {
  /** No terminal: what tests and pipes get. */
  static final Screen PLAIN =
      new Screen(
          new Surface(OptionalInt.empty(), false), new Surface(OptionalInt.empty(), false), 80);

  private static final int USUAL_WIDTH = 80;

  /** Below it picocli has no room for a column of descriptions. */
  private static final int LEAST_HELP_WIDTH = 55;

  /**
   * What the launcher has found out, and the environment and the user wish.
   *
   * @param launcher properties jsearch.terminal (of stderr), jsearch.terminal.out, jsearch.columns
   * @param environment for NO_COLOR (no-color.org), CLICOLOR_FORCE (bixense.com/clicolors), TERM,
   *     COLUMNS
   */
  static Screen of(Properties launcher, Map<String, String> environment, List<String> words) {
    Color color = Color.asked(words);
    int columns =
        columns(environment.get("COLUMNS"))
            .or(() -> columns(launcher.getProperty("jsearch.columns")))
            .orElse(USUAL_WIDTH);
    boolean out = Boolean.parseBoolean(launcher.getProperty("jsearch.terminal.out"));
    boolean err = Boolean.parseBoolean(launcher.getProperty("jsearch.terminal"));
    return new Screen(
        new Surface(width(out, columns), color.isUsed(environment, out)),
        new Surface(width(err, columns), color.isUsed(environment, err)),
        Math.max(columns, LEAST_HELP_WIDTH));
  }

  private static OptionalInt width(boolean terminal, int columns) {
    return terminal ? OptionalInt.of(columns) : OptionalInt.empty();
  }

  private static Optional<Integer> columns(String number) {
    return Optional.ofNullable(number)
        .filter(text -> text.matches("[1-9]\\d{0,4}"))
        .map(Integer::valueOf);
  }
}
