package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.document.Document;
import jsearch.document.Writer;
import jsearch.run.Savings;
import jsearch.study.Candidate;
import jsearch.study.Origin;
import jsearch.study.Timing;
import jsearch.study.Trial;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void theSummaryIsSealed() throws IOException {
    String written =
        Writer.json(
            Summary.of(
                Examples.SPEC,
                "ramp",
                Examples.verdict(),
                Optional.of(new Savings(32, 20, 256, 100)),
                List.of(timed(0, 4.5, 0.5), timed(1, 8, 1.5))));
    assertSame(
        "",
        Document.json("summary.json", TerminalTest.golden("summary.json")).value(),
        Document.json("written", written).value());
  }

  /** A trial that took so long, so much of it to merge and half a second to decode. */
  private static Trial timed(int number, double seconds, double merge) {
    Trial plain = Examples.trial(number, Candidate.known(Origin.BASE), 0.5);
    return new Trial(
        number,
        plain.candidate(),
        plain.state(),
        plain.outcome(),
        Map.of(Trial.SECONDS, seconds, Timing.NAME, new Timing(merge, 3, 0.5, 0.25).toMap()));
  }

  /** Keys in the same order, texts alike, numbers alike to rounding. */
  private static void assertSame(String place, Object expected, Object actual) {
    if (expected instanceof Map<?, ?> map && actual instanceof Map<?, ?> other) {
      assertEquals(new ArrayList<>(map.keySet()), new ArrayList<>(other.keySet()), place);
      map.forEach((key, value) -> assertSame(place + "/" + key, value, other.get(key)));
    } else if (expected instanceof List<?> list && actual instanceof List<?> other) {
      assertEquals(list.size(), other.size(), place);
      for (int i = 0; i < list.size(); i++) {
        assertSame(place + "/" + i, list.get(i), other.get(i));
      }
    } else if (expected instanceof Double number && actual instanceof Double other) {
      assertEquals(number, other, 1e-12, place);
    } else {
      assertEquals(expected, actual, place);
    }
  }
}
