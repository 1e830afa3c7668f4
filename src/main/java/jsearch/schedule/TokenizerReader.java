package jsearch.schedule;

import java.util.List;
import java.util.Optional;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * Reads whose tokens a merge has: {@code tokenizer_source: X} or {@code tokenizer: {source: X}}.
 *
 * <p>X is {@code base}, {@code union} or a model; in the second form, {@code union} where absent.
 */
final class TokenizerReader {
  private static final String SOURCE = "tokenizer_source";

  private final Document recipe;
  private final List<String> models;

  /**
   * @param models the recipe's, the base first
   */
  TokenizerReader(Document recipe, List<String> models) {
    this.recipe = recipe;
    this.models = models;
  }

  /**
   * The source; empty where the recipe has none.
   *
   * @throws InputException when it is no model of the recipe, or tokens are set one by one
   */
  Optional<TokenizerSource> read() {
    Optional<Document> source = recipe.find(SOURCE);
    Optional<Document> tokenizer = recipe.find("tokenizer");
    if (tokenizer.isEmpty()) {
      return source.map(this::source);
    }
    if (source.isPresent()) {
      throw new InputException(
          "%s has both tokenizer_source and tokenizer, expected one of them."
              .formatted(recipe.source()));
    }
    requireWhole(tokenizer.get());
    return Optional.of(
        tokenizer.get().find("source").map(this::source).orElse(new TokenizerSource.Union()));
  }

  private static void requireWhole(Document tokenizer) {
    tokenizer
        .find("tokens")
        .filter(tokens -> !tokens.entries().isEmpty())
        .ifPresent(
            tokens -> {
              throw new InputException(
                  "%s is not supported: rows of single tokens cannot be chosen."
                      .formatted(tokens.place()));
            });
    tokenizer
        .find("pad_to_multiple_of")
        .filter(multiple -> Coercion.number(multiple) != 1)
        .ifPresent(
            multiple -> {
              throw multiple.expected("1 or nothing; padded vocabularies are not supported");
            });
  }

  /** "base" is the base, or without base_model the first model. */
  private TokenizerSource source(Document source) {
    String word = source.isMap() ? ModelName.of(source) : source.text();
    if (word.equals("union")) {
      return new TokenizerSource.Union();
    }
    if (word.equals("base")) {
      return new TokenizerSource.Model(models.get(0));
    }
    if (!models.contains(word)) {
      throw source.expected("base, union or one of the models %s".formatted(models));
    }
    return new TokenizerSource.Model(word);
  }
}
