package jsearch.run;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The CPU's threads of a worker, beside those that a study was begun with.
 *
 * <p>Where several threads share an operation their number decides the order of sums, so a study
 * goes on with its own number where the machine has as many. A model so small that each operation
 * is one thread's gives the same bits with any.
 *
 * @param begun those that the study was begun with; empty for a new study, and on a GPU
 * @param used those that compute; empty on a GPU
 * @param available those that the machine has for a worker
 * @param deciding whether their number can change a bit
 */
record Threads(OptionalInt begun, OptionalInt used, int available, boolean deciding) {
  /** What a study records: the number that it was begun with while that decides nothing. */
  OptionalInt recorded() {
    return used.isPresent() && begun.isPresent() && !deciding ? begun : used;
  }

  /** What a person who resumes should know; empty where all is as it was. */
  Optional<String> note() {
    if (used.isEmpty() || begun.isEmpty()) {
      return Optional.empty();
    }
    int then = begun.getAsInt();
    if (then < available) {
      return Optional.of(
          ("A worker keeps to %s, as many as the study was begun with, so that no number changes; "
                  + "this machine has %d for it. A fork (--fork NEW-DIR) would use all.")
              .formatted(counted(then), available));
    }
    return then > used.getAsInt() && !deciding
        ? Optional.of(
            ("The study was begun with %s a worker, and this machine has %d. No number changes, as "
                    + "each operation of a model this small is one thread's; it only takes longer.")
                .formatted(counted(then), available))
        : Optional.empty();
  }

  private static String counted(int threads) {
    return threads == 1 ? "1 thread" : threads + " threads";
  }
}
