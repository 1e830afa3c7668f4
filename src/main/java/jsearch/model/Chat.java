package jsearch.model;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jsearch.checkpoint.ChatTemplateText;
import jsearch.document.InputException;
import jsearch.python.PythonText;
import jsearch.template.Arguments;
import jsearch.template.Callable;
import jsearch.template.Dialect;
import jsearch.template.Jinja;
import jsearch.template.Json;
import jsearch.template.Strftime;
import jsearch.template.TemplateException;

/**
 * A checkpoint's chat template: a conversation to the text that the model was trained to go on.
 *
 * <p>Rendered as transformers' {@code apply_chat_template} (5.24) does without tools and documents.
 * The text has its special tokens: it is encoded without adding any.
 */
public final class Chat {
  private static final Dialect DIALECT =
      new Dialect(true, true, false, false, Map.of("tojson", Json::dumps));

  /** Marks the end of a message in a rendered text. */
  private static final String END = "END_OF_THE_UNFINISHED_MESSAGE";

  private final String place;
  private final Jinja template;
  private final Map<String, String> tokens;
  private final Clock clock;

  private Chat(String place, Jinja template, Map<String, String> tokens, Clock clock) {
    this.place = place;
    this.template = template;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Opens the template of a checkpoint directory.
   *
   * @param clock what templates take for now; some write the date
   * @throws InputException when there is none, or it is malformed
   */
  public static Chat open(Path directory, Clock clock) {
    ChatTemplateText text =
        ChatTemplateText.of(directory)
            .orElseThrow(
                () ->
                    new InputException(
                        """
                        %s has no chat template: neither %s nor %s of %s.
                        Maybe it is a base model; ask it without a chat.\
                        """
                            .formatted(
                                directory,
                                ChatTemplateText.FILE,
                                ChatTemplateText.KEY,
                                ChatTemplateText.CONFIG)));
    Map<String, String> tokens = SpecialTokens.of(directory, text.text());
    try {
      return new Chat(text.place(), Jinja.parse(text.text(), DIALECT), tokens, clock);
    } catch (TemplateException e) {
      throw fault(text.place(), e);
    }
  }

  /**
   * The text of a conversation.
   *
   * @param prompt whether the text goes on to where the assistant's answer begins
   * @throws InputException when the template refuses the conversation, or cannot be rendered
   */
  public String render(List<Message> messages, boolean prompt) {
    Map<String, Object> values = new HashMap<>(tokens);
    values.put("messages", messages.stream().map(Message::fields).toList());
    values.put("add_generation_prompt", prompt);
    values.put("tools", null);
    values.put("documents", null);
    values.put("raise_exception", (Callable) Chat::refuse);
    values.put("strftime_now", (Callable) this::now);
    try {
      return template.render(values);
    } catch (TemplateException e) {
      throw fault(place, e);
    }
  }

  /**
   * The text of a conversation whose last message is not finished: it ends where that ends.
   *
   * <p>As with {@code continue_final_message} in transformers: what the template puts after the
   * last message is cut off.
   *
   * @throws InputException when the template changes the last message, or as {@link #render}
   */
  public String renderUnfinished(List<Message> messages) {
    Message last = messages.get(messages.size() - 1);
    List<Message> marked = new ArrayList<>(messages.subList(0, messages.size() - 1));
    marked.add(new Message(last.role(), last.content() + END + " "));
    String text = render(marked, false);
    int end = text.lastIndexOf(END);
    if (end < 0 || !text.contains(PythonText.strip(last.content()))) {
      throw new InputException(
          "%s drops or changes the last message, which is to be gone on with: %s."
              .formatted(place, PythonText.repr(last.content())));
    }
    // A template that strips messages has taken the space away behind the mark.
    boolean kept = text.startsWith(" ", end + END.length());
    return kept ? text.substring(0, end) : PythonText.stripTrailing(text.substring(0, end));
  }

  private static Object refuse(Arguments arguments) {
    String message = arguments.bind("raise_exception", "message").text("message");
    throw new TemplateException("it refuses this conversation: " + message);
  }

  private Object now(Arguments arguments) {
    String format = arguments.bind("strftime_now", "format").text("format");
    return Strftime.of(LocalDateTime.now(clock), format);
  }

  private static InputException fault(String place, TemplateException e) {
    String message = e.getMessage().replaceFirst("\\.$", "");
    return new InputException(
        "%s, line %d of the template: %s.".formatted(place, e.line(), message), e);
  }
}
