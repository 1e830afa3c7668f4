package jsearch.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import jsearch.document.InputException;
import jsearch.model.Continuation;
import jsearch.model.LanguageModel;
import jsearch.model.Prompt;
import jsearch.model.Tokenizer;
import jsearch.python.PythonText;
import jsearch.task.Generation;
import jsearch.task.Item;
import jsearch.task.OutputType;
import jsearch.task.Task;

/** Turns prompts and answers into token ids as lm-evaluation-harness's {@code TemplateLM} does. */
final class Encoder {
  private final Tokenizer tokenizer;
  private final int contextLength;
  private final Optional<ChatPrompts> chat;

  Encoder(LanguageModel model) {
    this(model, Optional.empty());
  }

  /**
   * @param chat wraps prompts; empty for plain text
   */
  Encoder(LanguageModel model, Optional<ChatPrompts> chat) {
    this.tokenizer = model.tokenizer();
    this.contextLength = model.contextLength();
    this.chat = chat;
  }

  /**
   * The item in token ids.
   *
   * @param scored whether the answers' likelihoods are asked for
   * @param unprompted whether those without the prompt are, too
   * @throws InputException when it is longer than the model's context; names task, item and tokens
   */
  EncodedItem encode(Task task, Item item, boolean scored, boolean unprompted) {
    try {
      List<String> prompts =
          item.contexts().stream()
              .map(context -> chat.map(wrap -> wrap.text(context)).orElseGet(context::text))
              .toList();
      return new EncodedItem(
          item,
          prompts,
          scored ? answers(task, item, prompts) : List.of(),
          unprompted
              ? item.choices().stream()
                  .map(choice -> continuation("", delimiter(task, item) + choice))
                  .toList()
              : List.of(),
          task.generation().map(rules -> prompt(prompts.get(0), rules)));
    } catch (InputException e) {
      throw new InputException(
          "Task %s (%s), item %d: %s"
              .formatted(task.name(), task.file(), item.id(), e.getMessage()),
          e);
    }
  }

  private String delimiter(Task task, Item item) {
    return chat.isPresent() ? task.chatDelimiter() : item.delimiter();
  }

  private List<List<Continuation>> answers(Task task, Item item, List<String> prompts) {
    if (task.type() == OutputType.LOGLIKELIHOOD_ROLLING) {
      return List.of(windows(item.target()));
    }
    List<List<Continuation>> answers = new ArrayList<>();
    for (int i = 0; i < item.answers().size(); i++) {
      String context = prompts.get(prompts.size() == 1 ? 0 : i);
      String answer = delimiter(task, item) + item.answers().get(i);
      answers.add(List.of(continuation(context, answer)));
    }
    return answers;
  }

  /** What the model goes on from; BOS or EOS stands for an empty text. */
  Prompt prompt(String text, Generation rules) {
    List<Integer> ids = tokens(text);
    List<Integer> whole = ids.isEmpty() ? List.of(prefix()) : ids;
    if ((long) whole.size() + rules.maxNewTokens() > contextLength) {
      throw new InputException(
          """
          the prompt has %d tokens and its answer may have %d, expected at most the model's %d \
          together.
          Maybe lower generation_kwargs: max_gen_toks."""
              .formatted(whole.size(), rules.maxNewTokens(), contextLength));
    }
    return new Prompt(whole, rules.maxNewTokens(), rules.stops());
  }

  /**
   * Where the answer's tokens begin: after as many tokens as the context alone has.
   *
   * <p>White space that ends the context belongs to the answer, since tokens begin with spaces. The
   * context keeps its own tokens, even where a token of the whole text crosses the border.
   */
  Continuation continuation(String context, String answer) {
    String kept = PythonText.stripTrailing(context);
    String moved = context.substring(kept.length()) + answer;
    List<Integer> before = kept.isEmpty() ? List.of() : tokens(kept);
    if (before.isEmpty()) {
      return afterPrefix(tokenizer.encode(moved, false));
    }
    List<Integer> whole = tokens(kept + moved);
    return checked(before, whole.subList(Math.min(before.size(), whole.size()), whole.size()));
  }

  /**
   * A text cut into windows as long as the model's context, each token predicted once.
   *
   * <p>BOS or EOS stands before the first token. The last window reaches back, so that its tokens
   * have as much context as there is room for.
   */
  List<Continuation> windows(String text) {
    List<Integer> ids = tokens(text);
    if (ids.isEmpty()) {
      throw new InputException("the text has no token, expected at least one.");
    }
    List<Continuation> windows = new ArrayList<>();
    int first = Math.min(contextLength, ids.size());
    windows.add(new Continuation(List.of(prefix()), ids.subList(0, first)));
    for (int done = first; done < ids.size(); ) {
      int end = Math.min(ids.size(), done + contextLength);
      windows.add(
          new Continuation(ids.subList(end - contextLength - 1, done), ids.subList(done, end)));
      done = end;
    }
    return windows;
  }

  /** With special tokens, but BOS once where the text, as of a chat template, begins with it. */
  private List<Integer> tokens(String text) {
    List<Integer> ids = tokenizer.encode(text, true);
    OptionalInt prefix = maybePrefix();
    boolean twice =
        ids.size() > 1
            && prefix.isPresent()
            && ids.get(0) == prefix.getAsInt()
            && ids.get(1) == prefix.getAsInt();
    return twice ? tokenizer.encode(text, false) : ids;
  }

  private Continuation afterPrefix(List<Integer> ids) {
    int prefix = prefix();
    boolean hasPrefix = !ids.isEmpty() && ids.get(0) == prefix;
    return checked(List.of(prefix), hasPrefix ? ids.subList(1, ids.size()) : ids);
  }

  private Continuation checked(List<Integer> context, List<Integer> answer) {
    if (answer.isEmpty()) {
      throw new InputException(
          "an answer has no token of its own after the prompt, expected at least one.");
    }
    // The last token is predicted, but not read.
    if (context.size() + answer.size() > contextLength + 1) {
      throw new InputException(
          "prompt and answer have %d tokens, expected at most the model's %d and one."
              .formatted(context.size() + answer.size(), contextLength));
    }
    return new Continuation(context, answer);
  }

  private OptionalInt maybePrefix() {
    return IntStream.concat(
            tokenizer.bos().stream(), tokenizer.eos().stream().mapToInt(Integer::intValue))
        .findFirst();
  }

  private int prefix() {
    return maybePrefix()
        .orElseThrow(
            () ->
                new InputException(
                    "the prompt is empty, expected text, as the tokenizer has neither BOS nor EOS."));
  }
}
