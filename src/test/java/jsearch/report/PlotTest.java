package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlotTest {
  @Test
  void aValueStandsInTheNearestOfSixRows() {
    assertEquals(
        """
           1.0 |     **
           0.8 |    *
           0.6 |  **
           0.4 | *
           0.2 |
           0.0 |*
               +-------
                a     b
        """,
        new Plot(List.of(0.0, 0.4, 0.55, 0.6, 0.75, 0.95, 1.0), 0, 1, 1).text("a", "b"));
  }

  @Test
  void valuesThatAreAllTheSameStandInTheMiddle() {
    assertEquals(
        List.of("  50.1 |**"),
        Plot.fitting(List.of(0.5, 0.5), 100)
            .text("", "")
            .lines()
            .filter(line -> line.contains("*"))
            .toList());
  }

  @Test
  void manyValuesAreThinnedToAScreenWithBothEnds() {
    List<Double> many = IntStream.rangeClosed(0, 2000).mapToObj(i -> (double) i).toList();
    List<Double> thinned = Plot.thinned(many);
    assertEquals(64, thinned.size());
    assertEquals(0.0, thinned.get(0));
    assertEquals(2000.0, thinned.get(63));
    assertEquals(List.of(1.0, 2.0), Plot.thinned(List.of(1.0, 2.0)));
    assertThrows(IllegalArgumentException.class, () -> new Plot(many, 0, 2000, 1));
  }
}
