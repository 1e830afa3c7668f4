package jsearch.run;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import jsearch.eval.ChatPrompts;
import jsearch.eval.Suite;
import jsearch.model.Chat;

/** How the prompts of a suite reach a chat model. */
final class SuiteChat {
  /**
   * The day that chat templates write into prompts, so that a study asks the same on every day:
   * what Llama 3's own templates take where they are told none.
   */
  private static final Clock TODAY =
      Clock.fixed(Instant.parse("2024-07-26T12:00:00Z"), ZoneOffset.UTC);

  private SuiteChat() {}

  /**
   * What wraps a suite's prompts: the chat template of a directory, where the suite asks for chat.
   *
   * @throws jsearch.document.InputException when it asks and there is none
   */
  static Optional<ChatPrompts> of(Suite suite, Path directory) {
    return suite.chat()
        ? Optional.of(ChatPrompts.of(Chat.open(directory, TODAY), true))
        : Optional.empty();
  }
}
