package jsearch.eval;

import java.util.List;
import java.util.stream.IntStream;
import jsearch.document.InputException;
import jsearch.model.Continuation;
import jsearch.model.LanguageModel;
import jsearch.model.Prompt;
import jsearch.model.Tokenizer;
import jsearch.task.Generation;
import jsearch.task.Item;
import jsearch.task.Task;
import jsearch.template.PythonText;

/** Turns prompts and answers into token ids as lm-evaluation-harness's {@code TemplateLM} does. */
final class Encoder {
  private final Tokenizer tokenizer;
  private final int contextLength;

  Encoder(LanguageModel model) {
    this.tokenizer = model.tokenizer();
    this.contextLength = model.contextLength();
  }

  /**
   * The item in token ids.
   *
   * @throws InputException when it is longer than the model's context; names task, item and tokens
   */
  EncodedItem encode(Task task, Item item) {
    try {
      return new EncodedItem(
          item,
          item.answers().stream()
              .map(answer -> continuation(item.prompt(), item.delimiter() + answer))
              .toList(),
          task.generation().map(rules -> prompt(item.prompt(), rules)));
    } catch (InputException e) {
      throw new InputException(
          "Task %s (%s), item %d: %s"
              .formatted(task.name(), task.file(), item.id(), e.getMessage()),
          e);
    }
  }

  /** What the model goes on from; BOS or EOS stands for an empty text. */
  Prompt prompt(String text, Generation rules) {
    List<Integer> ids = tokenizer.encode(text, true);
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
    List<Integer> before = kept.isEmpty() ? List.of() : tokenizer.encode(kept, true);
    if (before.isEmpty()) {
      return afterPrefix(tokenizer.encode(moved, false));
    }
    List<Integer> whole = tokenizer.encode(kept + moved, true);
    return checked(before, whole.subList(Math.min(before.size(), whole.size()), whole.size()));
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
    if (context.size() + answer.size() > contextLength) {
      throw new InputException(
          "prompt and answer have %d tokens, expected at most the model's %d."
              .formatted(context.size() + answer.size(), contextLength));
    }
    return new Continuation(context, answer);
  }

  private int prefix() {
    return IntStream.concat(
            tokenizer.bos().stream(), tokenizer.eos().stream().mapToInt(Integer::intValue))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "the prompt is empty, expected text, as the tokenizer has neither BOS nor EOS."));
  }
}
