package jsearch.cli;

import java.util.Optional;
import jsearch.plan.Tokens;
import picocli.CommandLine.Option;

/** Whose tokens a merge of two parents has. */
final class TokenOptions {
  @Option(
      names = "--tokenizer-source",
      paramLabel = "NAME",
      description =
          "Whose tokens the merge has where the parents' differ: base, donor or union (the base's, with"
              + " what the donor has added to them).")
  private String name;

  /**
   * What it asks for.
   *
   * @throws jsearch.document.InputException for any other name
   */
  Optional<Tokens> asked() {
    return Optional.ofNullable(name).map(Tokens::named);
  }
}
