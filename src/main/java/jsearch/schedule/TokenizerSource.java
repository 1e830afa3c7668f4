package jsearch.schedule;

import java.util.Optional;

/** Whose tokens the merge has; the rows of embedding and head then follow their ids. */
public sealed interface TokenizerSource {
  /** The tokens of one model, by its name in the recipe. */
  record Model(String name) implements TokenizerSource {}

  /** The tokens of all models, the base's first. */
  record Union() implements TokenizerSource {}

  /** The model whose tokens they are; empty for a union. */
  default Optional<String> model() {
    return this instanceof Model model ? Optional.of(model.name()) : Optional.empty();
  }
}
