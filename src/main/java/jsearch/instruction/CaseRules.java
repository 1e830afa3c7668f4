package jsearch.instruction;

import java.util.Optional;
import jsearch.document.Document;
import jsearch.python.PythonText;

/** Rules on the language and on capital letters; a text without any language follows them. */
final class CaseRules {
  private static final String ENGLISH = "en";

  private CaseRules() {}

  /** The response is in this language. */
  static Rule language(Arguments arguments) {
    Document value = arguments.given("language");
    String language = value.text();
    if (!Languages.codes().contains(language)) {
      throw value.expected("one of the languages " + Languages.codes());
    }
    return response -> isIn(language, response);
  }

  /** So many words are all capitals. */
  static Rule capitalWords(Arguments arguments) {
    Threshold threshold = arguments.threshold("capital_frequency", "capital_relation");
    return response ->
        threshold.holds(PennWords.of(response).stream().filter(PythonText::isUpper).count());
  }

  /** English, all capitals. */
  static Rule englishCapital() {
    return response -> PythonText.isUpper(response) && isIn(ENGLISH, response);
  }

  /** English, no capitals. */
  static Rule englishLowercase() {
    return response -> PythonText.isLower(response) && isIn(ENGLISH, response);
  }

  private static boolean isIn(String language, String response) {
    Optional<String> detected = Languages.detect(response);
    return detected.isEmpty() || detected.get().equals(language);
  }
}
