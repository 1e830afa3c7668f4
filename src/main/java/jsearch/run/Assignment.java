package jsearch.run;

import java.util.Optional;
import java.util.OptionalInt;
import jsearch.study.Trial;

/**
 * A trial to be evaluated, with what its evaluation may know of the trials before it.
 *
 * @param trial a running trial
 * @param rival in a race the trial to beat on the way; empty for what is always scored whole
 * @param batchTokens what batches turned out to hold at most, where memory was too small before
 */
record Assignment(Trial trial, Optional<Trial> rival, OptionalInt batchTokens) {}
