package jsearch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final String REPORT =
      """
      A line of words that is wider than 30.

      task     score  difference to the best
      --------------------------------------
      letters  70.0   +3.0 and a wide cell of it

      Better than the best parent: it is.
        a line that is indented, and wider than 30
      """;

  @Test
  void elsewhereThanOnATerminalAReportIsItself() {
    assertEquals(REPORT, new Page(Screen.PLAIN.out()).text(REPORT));
    assertEquals("no end", new Page(Screen.PLAIN.out()).text("no end"));
  }

  @Test
  void proseIsWrappedAndTablesAreNot() {
    assertEquals(
        """
        A line of words that is wider
          than 30.

        task     score  difference to the best
        --------------------------------------
        letters  70.0   +3.0 and a wide cell of it

        Better than the best parent:
          it is.
          a line that is indented, and wider than 30
        """,
        new Page(new Surface(OptionalInt.of(30), false)).text(REPORT));
  }

  @Test
  void headsOfTablesAreBoldAndAWinIsGreen() {
    String page = new Page(new Surface(OptionalInt.empty(), true)).text(REPORT);
    assertEquals(
        REPORT
            .replaceFirst("(task .*)", "\u001b[1m$1\u001b[21m\u001b[0m")
            .replaceFirst("(Better .*)", "\u001b[32m$1\u001b[39m\u001b[0m"),
        page);
  }
}
