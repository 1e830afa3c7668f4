/**
 * Task files and a model enter; a score for each item leaves.
 *
 * <p>Tasks, prompts, metrics and error bars; the one home of jinjava. Must not know what made the
 * model.
 */
package jsearch.eval;
