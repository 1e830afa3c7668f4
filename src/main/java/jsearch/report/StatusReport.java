package jsearch.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.study.Timing;
import jsearch.study.Trial;

/** A study's status on one screen, and for machines. */
public final class StatusReport {
  private StatusReport() {}

  /** The screen: state, trials, pace, where time goes, the best, and the way on. */
  public static String text(StudyStatus status) {
    StringBuilder text = new StringBuilder();
    text.append("%s: %s\n".formatted(status.snapshot().directory(), state(status)));
    text.append("Trials: %s\n".formatted(trials(status)));
    status
        .pace()
        .ifPresent(
            each ->
                text.append(
                    "Pace:   %s%s\n"
                        .formatted(
                            Figures.pace(each),
                            status
                                .left()
                                .map(left -> ", " + Figures.duration(left) + " left")
                                .orElse(""))));
    text.append(Terminal.timing(status.snapshot()));
    text.append("\n").append(status.standing().text());
    text.append(confirmation(status));
    if (status.state() == StudyStatus.State.STOPPED) {
      text.append("Go on with: %s\n".formatted(status.snapshot().resumeCommand()));
    }
    return text.toString();
  }

  private static String state(StudyStatus status) {
    return status.snapshot().holder().isPresent()
        ? "running (process %d)".formatted(status.snapshot().holder().getAsLong())
        : status.state().word();
  }

  /** Such as {@code 6/32 + 11 known (15 complete, 2 pruned), 1 running}. */
  private static String trials(StudyStatus status) {
    List<String> finished = new ArrayList<>();
    for (Trial.State state : Trial.State.values()) {
      if (state != Trial.State.RUNNING && status.count(state) > 0) {
        finished.add("%d %s".formatted(status.count(state), state.word()));
      }
    }
    long running = status.count(Trial.State.RUNNING);
    return "%s%s%s"
        .formatted(
            status.tally(),
            finished.isEmpty() ? "" : " (%s)".formatted(String.join(", ", finished)),
            running == 0
                ? ""
                : ", %d %s"
                    .formatted(
                        running, status.snapshot().holder().isPresent() ? "running" : "cut off"));
  }

  private static String confirmation(StudyStatus status) {
    return status
        .confirmation()
        .map(
            found ->
                "Scores on the search items with 95%% intervals.\nConfirmed: %s, %s.\n"
                    .formatted(found.text(), verdict(found)))
        .orElse(Standing.NOTHING_CONFIRMED);
  }

  private static String verdict(Confirmation confirmation) {
    return confirmation.betterThanParents()
        ? "better than the best parent"
        : "no better than the best parent";
  }

  /** The same as nested maps, strings and numbers. */
  public static Map<String, Object> map(StudyStatus status) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("study", status.snapshot().directory().toString());
    map.put("state", status.state().word());
    status.snapshot().holder().ifPresent(process -> map.put("process", process));
    Map<String, Object> trials = new LinkedHashMap<>();
    trials.put("finished", status.finished());
    status.total().ifPresent(total -> trials.put("total", total));
    for (Trial.State state : Trial.State.values()) {
      trials.put(state.word(), status.count(state));
    }
    map.put("trials", trials);
    status.pace().ifPresent(each -> map.put("seconds_a_trial", each.toMillis() / 1000.0));
    status.left().ifPresent(left -> map.put("seconds_left", left.toMillis() / 1000.0));
    Timing.mean(status.snapshot().trials()).ifPresent(mean -> map.put(Timing.NAME, mean.toMap()));
    map.putAll(InterimSummary.standing(status.standing()));
    map.put("confirmed", status.confirmation().isPresent());
    status.confirmation().ifPresent(found -> map.put("confirm", map(found)));
    map.put("resume", status.snapshot().resumeCommand());
    return map;
  }

  private static Map<String, Object> map(Confirmation confirmation) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("score", Summary.number(confirmation.score()));
    map.put("standard_error", Summary.number(confirmation.standardError()));
    map.put("better_than_parents", confirmation.betterThanParents());
    return map;
  }
}
