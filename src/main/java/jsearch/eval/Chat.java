package jsearch.eval;

import jsearch.task.Conversation;

/**
 * Prompts as a chat model wants them.
 *
 * @param format the model's chat template
 * @param multiturn whether each solved example is a turn of its own, instead of all in one
 */
public record Chat(ChatFormat format, boolean multiturn) {
  String text(Conversation conversation) {
    Conversation turns = multiturn ? conversation : conversation.asOneTurn();
    return format.text(turns.messages(), !conversation.isAnswerBegun());
  }
}
