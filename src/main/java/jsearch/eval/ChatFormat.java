package jsearch.eval;

import java.util.List;
import jsearch.task.Turn;

/** How the turns of a conversation become the one text that a chat model reads. */
@FunctionalInterface
public interface ChatFormat {
  /**
   * The turns as text.
   *
   * @param answering whether the model is to begin a turn of its own; else it goes on with the last
   */
  String text(List<Turn> turns, boolean answering);
}
