package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScatterTest {
  @Test
  void eachPointStandsWhereItsTwoScoresSayAndTheLastDrawnIsSeen() {
    Scatter scatter = new Scatter("skill", "refusals");
    scatter.add(0.25, 0.25, 'b');
    scatter.add(0.25, 0.75, 'd');
    scatter.add(0.75, 0.75, 'o');
    scatter.add(0.75, 0.75, '#');
    scatter.add(1.0, 0.25, 'o');
    scatter.add(0.5, 0.5, '.');
    // 48 steps across and 12 up: a twelfth of the way up is a row, a third across 16 columns.
    List<String> lines = scatter.text().lines().toList();
    assertEquals("refusals", lines.get(0));
    assertEquals("  75.0 |d" + " ".repeat(31) + "#", lines.get(1));
    assertEquals("       |" + " ".repeat(16) + ".", lines.get(7));
    assertEquals("  25.0 |b" + " ".repeat(47) + "o", lines.get(13));
    assertEquals("       +" + "-".repeat(49), lines.get(14));
    assertEquals("        25.0" + " ".repeat(40) + "100.0  skill", lines.get(15));
    assertEquals(16, lines.size());
    for (int row : List.of(2, 3, 4, 5, 6, 8, 9, 10, 11, 12)) {
      assertEquals("       |", lines.get(row));
    }
  }

  @Test
  void scoresThatAreAllTheSameStandInTheMiddle() {
    Scatter scatter = new Scatter("x", "y");
    scatter.add(0.5, 0.5, '#');
    List<String> lines = scatter.text().lines().toList();
    assertEquals("       |" + " ".repeat(24) + "#", lines.get(7));
  }
}
