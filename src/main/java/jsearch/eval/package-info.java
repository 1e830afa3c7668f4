/**
 * A suite of tasks and a model enter; a score for each item leaves.
 *
 * <p>Splits, token ids of prompts and answers, error bars. Must not know what made the model.
 */
package jsearch.eval;
