package jsearch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.study.Candidate;
import jsearch.study.Origin;
import jsearch.study.Trial;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private final List<String> warned = new ArrayList<>();
  private final List<String> ended = new ArrayList<>();
  private final Alarm alarm =
      new Alarm() {
        @Override
        public void warn(String message) {
          warned.add(message);
        }

        @Override
        public void giveUp(String message) {
          ended.add(message);
        }
      };

  private static Trial trial(int number, Map<String, Object> attributes) {
    return new Trial(
        number,
        Candidate.known(Origin.parent("base")),
        attributes.isEmpty() ? Trial.State.RUNNING : Trial.State.FAIL,
        Optional.empty(),
        attributes);
  }

  /** Lets a trial run for so many seconds. */
  private void run(Watchdog watchdog, int number, int seconds) {
    watchdog.watch(
        trial(number, Map.of()),
        "gpu:0",
        () -> {
          for (int i = 0; i < seconds; i++) {
            watchdog.tick(alarm, "jsearch resume DIR");
          }
          return null;
        });
  }

  @Test
  void theFirstTrialHasHalfAnHourBeforeItIsTold() {
    try (Watchdog watchdog = new Watchdog(List.of())) {
      run(watchdog, 7, 30 * 60 - 1);
      assertEquals(List.of(), warned);
    }
    try (Watchdog watchdog = new Watchdog(List.of())) {
      run(watchdog, 7, 30 * 60 + 1);
      assertEquals(
          List.of(
              "Trial 7 has run on gpu:0 for 30 min 0 s without an end, and none has ended before."
                  + " Maybe the device hangs; jsearch ends when it has run for 90 min 0 s."),
          warned);
    }
  }

  @Test
  void afterATrialOfAMinuteTheNextHasTen() {
    try (Watchdog watchdog = new Watchdog(List.of())) {
      run(watchdog, 0, 60);
      run(watchdog, 1, 599);
      assertEquals(List.of(), warned);
      // The longest is now that of 599 s.
      run(watchdog, 2, 5990);
      assertEquals(1, warned.size());
    }
  }

  @Test
  void aQuickTrialMakesTheNextNoSoonerSuspiciousThanAfterFiveMinutes() {
    try (Watchdog watchdog = new Watchdog(List.of())) {
      run(watchdog, 0, 1);
      run(watchdog, 1, 299);
      assertEquals(List.of(), warned);
    }
  }

  @Test
  void whatTheJournalTellsIsTheMeasureToo() {
    try (Watchdog watchdog =
        new Watchdog(List.of(trial(0, Map.of(Trial.SECONDS, 40.0)), trial(1, Map.of("a", "b"))))) {
      run(watchdog, 2, 399);
      assertEquals(List.of(), warned);
    }
    try (Watchdog watchdog = new Watchdog(List.of(trial(0, Map.of(Trial.SECONDS, 40.0))))) {
      run(watchdog, 2, 400);
      assertEquals(1, warned.size());
    }
  }

  @Test
  void atThreeTimesThatItGivesUpNamingTheTrialTheDeviceAndTheWayOn() {
    try (Watchdog watchdog = new Watchdog(List.of(trial(0, Map.of(Trial.SECONDS, 2.0))))) {
      run(watchdog, 9, 899);
      assertEquals(List.of(), ended);
    }
    try (Watchdog watchdog = new Watchdog(List.of(trial(0, Map.of(Trial.SECONDS, 2.0))))) {
      run(watchdog, 9, 900);
      assertEquals(
          List.of(
              """
              Trial 9 has run on gpu:0 for 15 min 0 s without an end, the longest before took 2 s.
              A call to a device cannot be interrupted, so jsearch ends here; the journal is whole.
              Maybe reset the device or restart the machine, then go on with: jsearch resume DIR"""),
          ended);
    }
  }

  @Test
  void betweenTrialsNothingIsSuspicious() {
    try (Watchdog watchdog = new Watchdog(List.of(trial(0, Map.of(Trial.SECONDS, 2.0))))) {
      run(watchdog, 1, 10);
      for (int i = 0; i < 10_000; i++) {
        watchdog.tick(alarm, "");
      }
      assertEquals(List.of(), warned);
      assertEquals(List.of(), ended);
    }
  }
}
