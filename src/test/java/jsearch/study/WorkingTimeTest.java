package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingTimeTest {
  private static final LocalDateTime NOON = LocalDateTime.parse("2026-01-02T12:00:00");

  private final WorkingTime time = new WorkingTime();

  @Test
  void trialsOneAfterTheOtherAddUpWithoutTheBreakBetween() {
    time.add(NOON, NOON.plusSeconds(10));
    time.add(NOON.plusHours(9), NOON.plusHours(9).plusSeconds(5));
    assertEquals(Duration.ofSeconds(15), time.total());
  }

  @Test
  void trialsSideBySideCountOnce() {
    time.add(NOON, NOON.plusSeconds(10));
    time.add(NOON.plusSeconds(1), NOON.plusSeconds(10));
    time.add(NOON.plusSeconds(4), NOON.plusSeconds(16));
    assertEquals(Duration.ofSeconds(16), time.total());
  }

  @Test
  void aTrialThatWasCutOffCountsForWhatItTookInTheEnd() {
    time.add(10.0, NOON);
    time.add(7.5, NOON.plusDays(1));
    assertEquals(Duration.ofMillis(17_500), time.total());
  }

  @Test
  void aStudyKnowsItFromItsJournal(@TempDir Path directory) {
    Clock noon = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);
    try (Study study = Study.create(directory, Examples.SPEC, noon)) {
      assertEquals(Duration.ZERO, study.worked());
      complete(study, 0, 2.5);
    }
    Clock later = Clock.offset(noon, Duration.ofHours(8));
    try (Study study = Study.resume(directory, Examples.SPEC, later)) {
      complete(study, 1, 4.0);
      assertEquals(Duration.ofMillis(6500), study.worked());
    }
    try (Study study = Study.resume(directory, Examples.SPEC, later)) {
      assertEquals(Duration.ofMillis(6500), study.worked());
    }
  }

  private static void complete(Study study, int number, double seconds) {
    List<Origin> origins = List.of(Origin.parent("base"), Origin.parent("donor"));
    study.complete(
        study.begin(Candidate.known(origins.get(number))),
        Examples.outcome(0.5),
        Map.of(),
        Map.of(Trial.SECONDS, seconds),
        Collections.emptySortedMap());
  }
}
