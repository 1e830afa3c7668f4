/**
 * A suite of tasks and a model enter; a score for each item leaves.
 *
 * <p>Splits, token ids of prompts and answers, objectives, error bars, the rule of races. Must not
 * know what made the model.
 */
package jsearch.eval;
