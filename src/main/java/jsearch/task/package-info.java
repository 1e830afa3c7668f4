/**
 * Task files in lm-evaluation-harness's fields enter; rendered items and rules of scoring leave.
 *
 * <p>Must not know models, tokens, or what a task counts in a suite.
 */
package jsearch.task;
