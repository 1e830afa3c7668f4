package jsearch.task;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jsearch.task.Turn.Role;

/**
 * What a model reads before it answers: a description, solved examples, the question.
 *
 * @param messages in order; the system's first if there is one
 */
public record Conversation(List<Turn> messages) {
  public Conversation {
    messages = List.copyOf(messages);
  }

  /** One question as it stands. */
  static Conversation of(String question) {
    return new Conversation(List.of(new Turn(Role.USER, question, "")));
  }

  /** All turns as plain text, one after the other. */
  public String text() {
    return messages.stream().map(Turn::text).collect(Collectors.joining());
  }

  /** Whether the assistant has begun its answer already ({@code gen_prefix}). */
  public boolean isAnswerBegun() {
    return !messages.isEmpty() && messages.get(messages.size() - 1).role() == Role.ASSISTANT;
  }

  /**
   * Examples and question as one turn of the user's, as plain text would have them.
   *
   * <p>The system's turn, and an answer that has begun, stay turns of their own.
   */
  public Conversation asOneTurn() {
    int from = !messages.isEmpty() && messages.get(0).role() == Role.SYSTEM ? 1 : 0;
    int to = messages.size() - (isAnswerBegun() ? 1 : 0);
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i < to - 1 ? messages.get(i).text() : messages.get(i).content());
    }
    List<Turn> turns = new ArrayList<>(messages.subList(0, from));
    turns.add(new Turn(Role.USER, text.toString(), ""));
    turns.addAll(messages.subList(to, messages.size()));
    return new Conversation(turns);
  }
}
