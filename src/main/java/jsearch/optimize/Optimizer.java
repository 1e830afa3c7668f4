package jsearch.optimize;

import java.util.List;

/**
 * Proposes points of the unit cube from what is known so far.
 *
 * <p>An optimizer holds no state between calls: the history and the seed given at construction
 * decide the answer, so a search resumes from its history alone.
 */
public interface Optimizer {
  /**
   * The next points to evaluate, at least one, each with coordinates in [0,1].
   *
   * @param history every finished trial in the order asked; a batch may be told in part, the answer
   *     is then its remaining points
   * @throws IllegalArgumentException when the history is not one that this optimizer and seed made
   */
  List<List<Double>> ask(List<Evaluation> history);
}
