package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import jsearch.study.Candidate;
import jsearch.study.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {
  private static final Candidate HALF = Candidate.known(Origin.global("half"));
  private static final Candidate PROPOSAL = Candidate.proposal(List.of(0.5), List.of());

  private final List<String> lines = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private final ProgressBar bar = new ProgressBar(clock(), lines::add);

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private String after(long seconds, Candidate candidate, double objective, int finished) {
    now = now.plusSeconds(seconds);
    bar.finished(Examples.trial(finished - 1, candidate, objective), finished, 4, false);
    return lines.get(lines.size() - 1);
  }

  @Test
  void theLineHasBarTrialBestAndTimeLeft() {
    assertEquals(
        "######.................. trial 1/4  best 50.0 (global half)  3 min 00 s left",
        after(60, HALF, 0.5, 1));
    assertEquals(
        "############............ trial 2/4  best 50.0 (global half)  1 min 20 s left",
        after(20, PROPOSAL, 0.4, 2));
    assertEquals(
        "##################...... trial 3/4  best 81.2 (proposal)  30 s left",
        after(10, PROPOSAL, 0.812, 3));
    assertEquals(
        "######################## trial 4/4  best 81.2 (proposal)  0 s left",
        after(10, PROPOSAL, 0.3, 4));
  }

  @Test
  void aFailedTrialIsNeverTheBest() {
    assertEquals(
        "######.................. trial 1/4  best ?  3 s left", after(1, HALF, Double.NaN, 1));
    assertEquals(
        "############............ trial 2/4  best 10.0 (proposal)  2 s left",
        after(1, PROPOSAL, 0.1, 2));
    assertEquals(
        "##################...... trial 3/4  best 10.0 (proposal)  1 s left",
        after(1, PROPOSAL, Double.NaN, 3));
  }

  @Test
  void trialsFoundInTheJournalSayNothingOfTheTimeLeft() {
    bar.finished(Examples.trial(0, HALF, 0.5), 1, 4, true);
    bar.finished(Examples.trial(1, PROPOSAL, 0.4), 2, 4, true);
    assertEquals(
        "############............ trial 2/4  best 50.0 (global half)  ? left", lines.get(1));
    assertEquals(
        "##################...... trial 3/4  best 50.0 (global half)  2 h 03 min left",
        after(2 * 3600 + 3 * 60 + 59, PROPOSAL, 0.4, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "59, 59 s",
    "60, 1 min 00 s",
    "3599, 59 min 59 s",
    "3600, 1 h 00 min",
    "360000, 100 h 00 min"
  })
  void durationsHaveTwoUnitsAtMost(long seconds, String text) {
    assertEquals(text, Figures.duration(Duration.ofSeconds(seconds)));
  }
}
