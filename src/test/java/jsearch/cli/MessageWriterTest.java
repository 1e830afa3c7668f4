package jsearch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MessageWriterTest {
  private static final Surface PIPE = new Surface(OptionalInt.empty(), false);
  private static final Surface NARROW = new Surface(OptionalInt.of(20), false);
  private static final Surface COLOURED = new Surface(OptionalInt.empty(), true);

  private static String written(Surface surface, Consumer<PrintWriter> prints) {
    StringWriter text = new StringWriter();
    prints.accept(new PrintWriter(new MessageWriter(text, surface), true));
    return text.toString();
  }

  @Test
  void aMessageIsBrokenBetweenWordsAndHangs() {
    assertEquals(
        """
        jsearch: one two
          three four five
          six seven
        Maybe eight nine.
        """,
        written(
            NARROW,
            err -> err.println("jsearch: one two three four five six seven\nMaybe eight nine.")));
  }

  @Test
  void noWordIsBrokenAndNoneIsLost() {
    String path = "/a/path/that/is/wider/than/that";
    assertEquals(
        "at %s\n  is nothing\n".formatted(path),
        written(NARROW, err -> err.println("at %s is nothing".formatted(path))));
    assertEquals(path + "\n", written(NARROW, err -> err.println(path)));
  }

  @Test
  void elsewhereThanOnATerminalAMessageIsOneLine() {
    String message = "Warning: " + "word ".repeat(50) + "end";
    assertEquals(message + "\n", written(PIPE, err -> err.println(message)));
  }

  @Test
  void traceAndTableStayAsTheyAre() {
    String trace = "\tat jsearch.cli.Main.main(Main.java:1234)\n  indented as a table may be";
    assertEquals(trace + "\n", written(NARROW, err -> err.println(trace)));
  }

  @Test
  void theFirstWordOfAFaultIsRedAndOfAWarningYellow() {
    assertEquals(
        "\u001b[1m\u001b[31mjsearch:\u001b[39m\u001b[21m\u001b[0m no\nMaybe yes.\n",
        written(COLOURED, err -> err.println("jsearch: no\nMaybe yes.")));
    assertEquals(
        "\u001b[33mWarning:\u001b[39m\u001b[0m low\n",
        written(COLOURED, err -> err.println("Warning: low")));
    assertEquals("Loading x ...\n", written(COLOURED, err -> err.println("Loading x ...")));
  }

  @Test
  void theLineThatIsRewrittenGoesThroughAndAMessageAfterItIsAMessage() {
    String bar = MessageWriter.CLEAR + "[#####      ] trial 5/10  best 70.0 %";
    assertEquals(
        bar + MessageWriter.CLEAR + "Warning: aaaa bbbb\n  cccc\n" + bar,
        written(
            NARROW,
            err -> {
              err.print(bar);
              err.flush();
              err.print(MessageWriter.CLEAR);
              err.flush();
              err.println("Warning: aaaa bbbb cccc");
              err.print(bar);
              err.flush();
            }));
  }
}
