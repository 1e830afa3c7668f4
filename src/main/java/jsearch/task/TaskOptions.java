package jsearch.task;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a user says beside a task file.
 *
 * @param limit the first so many items only
 * @param shots solved examples before each question, except where the file says {@code num_fewshot:
 *     0}
 * @param system an instruction that stands before everything else
 */
public record TaskOptions(OptionalInt limit, OptionalInt shots, Optional<String> system) {
  /** The task as its file says. */
  public static final TaskOptions NONE =
      new TaskOptions(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
}
