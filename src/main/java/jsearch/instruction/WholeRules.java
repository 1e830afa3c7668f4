package jsearch.instruction;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import jsearch.python.PythonJson;
import jsearch.python.PythonText;

/** Rules on the response as a whole: what it is, how it begins and how it ends. */
final class WholeRules {
  private static final List<String> OPTIONS =
      List.of("My answer is yes.", "My answer is no.", "My answer is maybe.");
  private static final Pattern SIX_ASTERISKS = Pattern.compile("\\*{6}");
  private static final Pattern QUOTES = Pattern.compile("^\"+|\"+$");

  private WholeRules() {}

  /** One of three given answers occurs. */
  static Rule constrained() {
    return response -> OPTIONS.stream().anyMatch(response::contains);
  }

  /** JSON, alone or in a block of code. */
  static Rule json() {
    return response -> {
      String text = PythonText.strip(response);
      for (String fence : List.of("```json", "```Json", "```JSON", "```")) {
        text = text.startsWith(fence) ? text.substring(fence.length()) : text;
      }
      text = text.endsWith("```") ? text.substring(0, text.length() - 3) : text;
      return PythonJson.isValid(PythonText.strip(text));
    };
  }

  /** Two different responses between six asterisks; only first and last part may be empty. */
  static Rule twoResponses() {
    return response -> {
      List<String> parts =
          SIX_ASTERISKS.splitAsStream(response + " ").map(PythonText::strip).toList();
      int last = parts.size() - 1;
      if (last > 1 && parts.subList(1, last).contains("")) {
        return false;
      }
      List<String> filled = parts.stream().filter(part -> !part.isEmpty()).toList();
      return filled.size() == 2 && !filled.get(0).equals(filled.get(1));
    };
  }

  /** The response begins with the request, whatever the case. */
  static Rule repeatedPrompt(Arguments arguments) {
    String prompt = arguments.text("prompt_to_repeat").toLowerCase(Locale.ROOT);
    return response -> PythonText.strip(response).toLowerCase(Locale.ROOT).startsWith(prompt);
  }

  /** The response ends with this phrase, whatever the case, a closing quotation mark apart. */
  static Rule end(Arguments arguments) {
    String phrase = arguments.text("end_phrase").toLowerCase(Locale.ROOT);
    return response ->
        QUOTES
            .matcher(PythonText.strip(response))
            .replaceAll("")
            .toLowerCase(Locale.ROOT)
            .endsWith(phrase);
  }

  /** The whole response stands between double quotation marks. */
  static Rule quotation() {
    return response -> {
      String text = PythonText.strip(response);
      return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    };
  }
}
