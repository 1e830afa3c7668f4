package jsearch.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriterCsvTest {
  @Test
  void textsAreQuotedWhereTheyMustBeAndNullsAreEmpty() {
    assertEquals(
        """
        name,a number,note
        plain words and more of them than fit,0.1,
        "a, b",1.0E-7,"she said ""no""\"
        "two
        lines",-3,é
        """,
        Writer.csv(
            List.of("name", "a number", "note"),
            List.of(
                Arrays.asList("plain words and more of them than fit", 0.1, null),
                List.of("a, b", 1e-7, "she said \"no\""),
                List.of("two\nlines", -3, "é"))));
  }

  @Test
  void withoutRowsThereIsTheHeader() {
    assertEquals("a,b\n", Writer.csv(List.of("a", "b"), List.of()));
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Writer.csv(List.of("a", "b"), List.of(List.of(1))));
  }
}
