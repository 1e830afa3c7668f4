package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimingTest {
  private static Trial trial(Map<String, Object> attributes) {
    return new Trial(
        0,
        Candidate.known(Origin.BASE),
        Trial.State.COMPLETE,
        Optional.of(new Outcome(0, 0, 0, 0)),
        attributes);
  }

  private static Timing timing(long all, long merge, long prefill, long decode) {
    return Timing.of(
        Duration.ofMillis(all),
        Duration.ofMillis(merge),
        Duration.ofMillis(prefill),
        Duration.ofMillis(decode));
  }

  @Test
  void whatIsNoPhaseIsTheRest() {
    assertEquals(new Timing(0.1, 0.5, 0.2, 0.2), timing(1000, 100, 500, 200));
    assertEquals(1, timing(1000, 100, 500, 200).total(), 1e-12);
    assertEquals(0, timing(10, 6, 6, 0).rest(), "clocks that differ by a little take nothing away");
  }

  @Test
  void whatATrialHasNotedIsReadBack() {
    Timing timing = timing(1000, 100, 500, 200);
    assertEquals(Optional.of(timing), Timing.of(trial(Map.of("timing", timing.toMap()))));
    assertEquals(Optional.empty(), Timing.of(trial(Map.of("seconds", 1.0))));
  }

  @Test
  void theMeanIsOfTheTrialsThatHaveOne() {
    Trial one = trial(Map.of("timing", timing(1000, 125, 500, 250).toMap()));
    Trial other = trial(Map.of("timing", timing(3000, 375, 1500, 500).toMap()));
    assertEquals(
        Optional.of(new Timing(0.25, 1, 0.375, 0.375)),
        Timing.mean(List.of(one, trial(Map.of()), other)));
    assertEquals(Optional.empty(), Timing.mean(List.of(trial(Map.of()))));
  }
}
