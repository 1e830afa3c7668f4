package jsearch.study;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A trial and when it ran, in local time without a zone, as the journal has it.
 *
 * @param trial the trial
 * @param begun when it began first; a trial that was cut off keeps this time
 * @param ended when it finished; empty while it runs
 */
public record TimedTrial(Trial trial, LocalDateTime begun, Optional<LocalDateTime> ended) {}
