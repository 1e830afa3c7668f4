package jsearch.task;

import jsearch.document.Document;

/** What a task asks of a model; the values of {@code output_type}. */
public enum OutputType {
  /** Which of these answers is the likeliest? */
  MULTIPLE_CHOICE,
  /** How likely is this text after the prompt? */
  LOGLIKELIHOOD,
  /** How likely is this text, from its beginning, window after window? */
  LOGLIKELIHOOD_ROLLING,
  /** What does the model write? */
  GENERATE_UNTIL;

  static OutputType of(Document value) {
    return switch (value.text()) {
      case "multiple_choice" -> MULTIPLE_CHOICE;
      case "loglikelihood" -> LOGLIKELIHOOD;
      case "loglikelihood_rolling" -> LOGLIKELIHOOD_ROLLING;
      case "generate_until" -> GENERATE_UNTIL;
      default ->
          throw value.expected(
              "multiple_choice, loglikelihood, loglikelihood_rolling or generate_until");
    };
  }
}
