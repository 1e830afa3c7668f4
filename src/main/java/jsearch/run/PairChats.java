package jsearch.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jsearch.checkpoint.ChatTemplateText;
import jsearch.checkpoint.Checkpoint;
import jsearch.eval.ChatPrompts;
import jsearch.eval.Suite;
import jsearch.plan.Parents;

/**
 * How each parent is asked, where a suite asks for chat: by its own template.
 *
 * <p>One that has none, as a base model has, is asked by the other's, as the merge is.
 *
 * @param base wraps the base's prompts; empty for plain text
 * @param donor wraps the donor's
 */
record PairChats(Optional<ChatPrompts> base, Optional<ChatPrompts> donor) {
  /**
   * The templates of both parents.
   *
   * @throws jsearch.document.InputException when the suite asks for chat and neither has one
   */
  static PairChats of(Suite suite, Parents parents) {
    Checkpoint base = parents.base();
    Checkpoint donor = parents.donor();
    Checkpoint first = speaks(base) || !speaks(donor) ? base : donor;
    Checkpoint second = speaks(donor) ? donor : first;
    return new PairChats(
        SuiteChat.of(suite, first.directory()), SuiteChat.of(suite, second.directory()));
  }

  private static boolean speaks(Checkpoint parent) {
    return ChatTemplateText.of(parent.directory()).isPresent();
  }

  /** Which parent is asked by the other's template, a sentence. */
  static List<String> warnings(Suite suite, Parents parents) {
    return Stream.of(parents.base(), parents.donor())
        .filter(parent -> suite.chat() && !speaks(parent))
        .map(
            parent ->
                "%s has no chat template: it is asked by the other parent's."
                    .formatted(parent.directory()))
        .toList();
  }
}
