package jsearch.report;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import jsearch.run.Rehearsal;

/** What a dry run has found out, for people and for machines. */
public final class RehearsalText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ROOT);

  /** Bytes of a trial in the journal, beside the scores of its items: measured, decision 0015. */
  private static final long JOURNAL = 1300;

  private static final long ITEM = 3;

  private RehearsalText() {}

  /**
   * The plan of the search.
   *
   * @param now when it would begin
   * @param room bytes that are free where the study would be
   */
  public static String text(Rehearsal plan, LocalDateTime now, long room) {
    return """
        Space:    %s, %d proposals and %d known schedules: %d trials
        Device:   %s in %s, %d at a time, batches of %s tokens
        Search:   %,d items, %,d tokens a trial
        Confirm:  %,d items, %,d tokens, once for the best and those it is compared with
        Time:     %s, about %s in all, to %s
        Memory:   %s%s free; parents %s
        Disk:     about %s for the study, %s for the merge; %s free
        Nothing is written. Search by the same command without --dry-run.
        """
        .formatted(
            plan.family(),
            plan.budget(),
            plan.known(),
            plan.trials(),
            plan.compute().device(),
            plan.compute().dtype(),
            plan.compute().workers(),
            plan.compute().batchTokens().isPresent()
                ? "%,d".formatted(plan.compute().batchTokens().getAsInt())
                : "?",
            plan.search().items(),
            plan.search().tokens(),
            plan.confirm().items(),
            plan.confirm().tokens(),
            Figures.pace(plan.trial()),
            Figures.duration(plan.whole()),
            TIME.format(now.plus(plan.whole())),
            plan.peakMemory().isPresent()
                ? size(plan.peakMemory().getAsLong()) + " at the most so far, "
                : "",
            size(plan.freeMemory()),
            size(plan.parents()),
            size(disk(plan)),
            size(plan.merge()),
            size(room));
  }

  private static long disk(Rehearsal plan) {
    return plan.trials() * (JOURNAL + ITEM * plan.search().items());
  }

  private static String size(long bytes) {
    if (bytes < 1_000_000) {
      return "%.0f kB".formatted(bytes / 1e3);
    }
    return bytes < 1_000_000_000
        ? "%.1f MB".formatted(bytes / 1e6)
        : "%.1f GB".formatted(bytes / 1e9);
  }

  /** The same as a map, in seconds and bytes. */
  public static Map<String, Object> map(Rehearsal plan, LocalDateTime now, long room) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("family", plan.family());
    map.put("budget", plan.budget());
    map.put("known", plan.known());
    map.put("device", plan.compute().device());
    map.put("dtype", plan.compute().dtype());
    map.put("workers", plan.compute().workers());
    map.put("search", part(plan.search()));
    map.put("confirm", part(plan.confirm()));
    map.put("seconds_a_trial", plan.trial().toMillis() / 1e3);
    map.put("seconds", plan.whole().toMillis() / 1e3);
    map.put("ends", now.plus(plan.whole()).toString());
    plan.peakMemory().ifPresent(bytes -> map.put("peak_memory", bytes));
    map.put("free_memory", plan.freeMemory());
    map.put("parents", plan.parents());
    map.put("study", disk(plan));
    map.put("merge", plan.merge());
    map.put("free_disk", room);
    map.put("warnings", plan.warnings());
    map.put("notes", plan.notes());
    return map;
  }

  private static Map<String, Object> part(Rehearsal.Part part) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("items", part.items());
    map.put("tokens", part.tokens());
    return map;
  }
}
