package jsearch.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What a search does at its end. */
final class EndingOptions {
  @Option(
      names = "--json",
      description = "Print the summary as JSON, and nothing else; scores are fractions.")
  private boolean json;

  @Option(
      names = "--notify",
      paramLabel = "CMD",
      description =
          "Command for the shell at the end, told by its environment: JSEARCH_STUDY, JSEARCH_STATE"
              + " (finished, stopped or failed), JSEARCH_BEST (a fraction), JSEARCH_MESSAGE.")
  private String command;

  boolean json() {
    return json;
  }

  Optional<String> command() {
    return Optional.ofNullable(command);
  }
}
