package jsearch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {
  private static Screen screen(
      boolean out, boolean err, String columns, Map<String, String> environment, String... words) {
    Properties launcher = new Properties();
    launcher.setProperty("jsearch.terminal.out", String.valueOf(out));
    launcher.setProperty("jsearch.terminal", String.valueOf(err));
    launcher.setProperty("jsearch.columns", columns);
    return Screen.of(launcher, environment, List.of(words));
  }

  /** Variables such as {@code NO_COLOR=1;TERM=dumb}. */
  private static Map<String, String> environment(String variables) {
    return Arrays.stream(variables.split(";"))
        .filter(variable -> !variable.isEmpty())
        .collect(Collectors.toMap(v -> v.split("=")[0], v -> v.replaceFirst("^[^=]*=", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "true,  '',                         '',             true",
    "false, '',                         '',             false",
    "true,  NO_COLOR=1,                 '',             false",
    "true,  NO_COLOR=,                  '',             true",
    "true,  TERM=dumb,                  '',             false",
    "true,  TERM=xterm,                 '',             true",
    "false, CLICOLOR_FORCE=1,           '',             true",
    "false, CLICOLOR_FORCE=0,           '',             false",
    "false, NO_COLOR=1;CLICOLOR_FORCE=1,'',             false",
    "false, NO_COLOR=1,                 --color=always, true",
    "true,  CLICOLOR_FORCE=1,           --color=never,  false",
    "false, '',                         --color always, true",
    "false, '',                         --color=ALWAYS, true",
    "true,  '',                         --color=auto,   true",
    "false, '',                         list --color,   false",
    "false, '',                         -- --color=always, false",
  })
  void coloursAreForTerminalsUnlessTheUserWishesOtherwise(
      boolean terminal, String variables, String words, boolean coloured) {
    Screen screen = screen(terminal, false, "", environment(variables), words.split(" "));
    assertEquals(coloured, screen.out().coloured());
  }

  @Test
  void eachStreamIsForItself() {
    Screen screen = screen(false, true, "100", Map.of());
    assertEquals(new Surface(OptionalInt.empty(), false), screen.out());
    assertEquals(new Surface(OptionalInt.of(100), true), screen.err());
  }

  @ParameterizedTest
  @CsvSource({
    "120, '',         120, 120",
    "'',  '',         80,  80",
    "120, COLUMNS=60, 60,  60",
    "120, COLUMNS=x,  120, 120",
    "0,   '',         80,  80",
    "30,  '',         30,  55",
  })
  void theWidthIsWhatTheUserSaysOrTheTerminalHas(
      String columns, String variables, int width, int helpWidth) {
    Screen screen = screen(true, true, columns, environment(variables));
    assertEquals(OptionalInt.of(width), screen.err().width());
    assertEquals(helpWidth, screen.helpWidth());
  }
}
