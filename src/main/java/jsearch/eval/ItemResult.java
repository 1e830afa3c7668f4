package jsearch.eval;

import java.util.List;
import jsearch.task.Answer;
import jsearch.task.Item;

/**
 * What a model made of one item, for people to look at.
 *
 * @param prompts what it read: one for all answers, or one an answer
 * @param scores one a metric of the task, in the task's order
 */
public record ItemResult(Item item, List<String> prompts, Answer answer, List<ItemScore> scores) {
  public ItemResult {
    prompts = List.copyOf(prompts);
    scores = List.copyOf(scores);
  }
}
