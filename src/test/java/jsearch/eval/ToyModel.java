package jsearch.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import jsearch.model.Continuation;
import jsearch.model.Generated;
import jsearch.model.LanguageModel;
import jsearch.model.Likelihood;
import jsearch.model.Prompt;
import jsearch.model.Tokenizer;

/** The rule of harness.py as a language model: token ids and answers follow from the text alone. */
final class ToyModel implements LanguageModel {
  private static final int BOS = 1;
  private static final int EOS = 2;
  private static final int FIRST_PIECE = 0x110000;
  private static final List<String> PIECES =
      List.of(
          " a", " the", "the", "er", "in", ": ", " 1", "12", ":n", "  ", "\n\n", "es", " y", "? ",
          ". ");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  final List<Continuation> prepared = new ArrayList<>();
  int encodings;
  boolean broken;
  private final int contextLength;

  ToyModel(int contextLength) {
    this.contextLength = contextLength;
  }

  @Override
  public Tokenizer tokenizer() {
    return new Pieces();
  }

  @Override
  public int contextLength() {
    return contextLength;
  }

  @Override
  public Supplier<List<Likelihood>> scoring(List<Continuation> continuations) {
    prepared.addAll(continuations);
    return () -> continuations.stream().map(this::likelihood).toList();
  }

  @Override
  public Supplier<List<Generated>> generation(List<Prompt> prompts) {
    return () -> prompts.stream().map(this::write).toList();
  }

  private Likelihood likelihood(Continuation scored) {
    int previous = scored.context().get(scored.context().size() - 1);
    double total = 0;
    boolean greedy = true;
    for (int i = 0; i < scored.continuation().size(); i++) {
      int token = scored.continuation().get(i);
      long cost = (previous * 31L + token * 17L + i * 7L) % 97 + 1;
      total -= cost / 64.0;
      greedy &= cost < 60;
      previous = token;
    }
    return new Likelihood(broken ? Double.NaN : total, greedy);
  }

  private Generated write(Prompt prompt) {
    String read = tokenizer().decode(prompt.ids());
    List<Integer> numbers =
        NUMBER.matcher(read).results().map(MatchResult::group).map(Integer::valueOf).toList();
    int a = numbers.get(numbers.size() - 2);
    int b = numbers.get(numbers.size() - 1);
    String text =
        switch ((a * 7 + b) % 7) {
          case 0 -> " It is %d.".formatted(a + b);
          case 1 ->
              String.format(
                  Locale.ROOT,
                  " %d and %d make\n#### %,d.\n\nQuestion: what is 1 + 1?",
                  a,
                  b,
                  a + b);
          case 2 -> " %d\n\nmore".formatted(a + b);
          case 3 -> "%d".formatted(a + b);
          case 4 -> " no idea";
          case 5 -> " #### %d".formatted(a + b + 1);
          default -> "$%d.00 or %d".formatted(a + b, a + b);
        };
    for (String stop : prompt.stops()) {
      text = text.contains(stop) ? text.substring(0, text.indexOf(stop)) : text;
    }
    int tokens = text.codePointCount(0, text.length()) + 1; // a letter each, then EOS
    return new Generated(text, prompt.ids().size(), tokens, Generated.End.END_OF_SEQUENCE);
  }

  /** Code points, except that the longest fitting piece is one token. */
  private final class Pieces implements Tokenizer {
    @Override
    public List<Integer> encode(String text, boolean special) {
      encodings++;
      List<Integer> ids = new ArrayList<>();
      if (special) {
        ids.add(BOS);
      }
      for (int at = 0; at < text.length(); ) {
        int from = at;
        Optional<String> piece =
            PIECES.stream()
                .filter(p -> text.startsWith(p, from))
                .max(Comparator.comparingInt(String::length));
        ids.add(piece.map(p -> FIRST_PIECE + PIECES.indexOf(p)).orElse(text.codePointAt(at)));
        at += piece.map(String::length).orElse(Character.charCount(text.codePointAt(at)));
      }
      return ids;
    }

    @Override
    public String decode(List<Integer> ids) {
      StringBuilder text = new StringBuilder();
      for (int id : ids) {
        if (id >= FIRST_PIECE) {
          text.append(PIECES.get(id - FIRST_PIECE));
        } else if (id != BOS && id != EOS) {
          text.appendCodePoint(id);
        }
      }
      return text.toString();
    }

    @Override
    public OptionalInt bos() {
      return OptionalInt.of(BOS);
    }

    @Override
    public List<Integer> eos() {
      return List.of(EOS);
    }
  }
}
