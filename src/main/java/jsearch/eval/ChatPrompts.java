package jsearch.eval;

import java.util.List;
import java.util.Locale;
import jsearch.model.Chat;
import jsearch.model.Message;
import jsearch.task.Conversation;
import jsearch.task.Turn;

/**
 * Prompts as a chat model wants them.
 *
 * @param format the model's chat template
 * @param multiturn whether each solved example is a turn of its own, instead of all in one
 */
public record ChatPrompts(ChatFormat format, boolean multiturn) {
  /** By a checkpoint's template. */
  public static ChatPrompts of(Chat template, boolean multiturn) {
    return new ChatPrompts(
        (turns, answering) ->
            answering
                ? template.render(messages(turns), true)
                : template.renderUnfinished(messages(turns)),
        multiturn);
  }

  private static List<Message> messages(List<Turn> turns) {
    return turns.stream()
        .map(turn -> new Message(turn.role().name().toLowerCase(Locale.ROOT), turn.content()))
        .toList();
  }

  String text(Conversation conversation) {
    Conversation turns = multiturn ? conversation : conversation.asOneTurn();
    return format.text(turns.messages(), !conversation.isAnswerBegun());
  }
}
