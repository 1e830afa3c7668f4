package jsearch.run;

import jsearch.study.Study;
import jsearch.study.Trial;

/** What an evaluation has found; it waits until the trials begun before are recorded. */
@FunctionalInterface
interface Result {
  /** Ends the trial in the study; returns it finished. */
  Trial record(Study study);
}
