package jsearch.run;

import jsearch.eval.Scores;
import jsearch.schedule.Schedule;
import jsearch.study.Trial;

/**
 * A trial in the final comparison, scored on the items it was chosen by and on fresh ones.
 *
 * @param trial the trial
 * @param schedule its schedule
 * @param search its scores on the search items
 * @param confirm its scores on the confirm items, which nothing was chosen by
 */
public record Finalist(Trial trial, Schedule schedule, Scores search, Scores confirm) {}
