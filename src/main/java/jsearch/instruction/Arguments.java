package jsearch.instruction;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.python.PythonPattern;
import jsearch.python.PythonText;

/** The arguments of one instruction, read by name; each that is given has to be asked for. */
final class Arguments {
  private final Document kwargs;
  private final Set<String> asked = new HashSet<>();

  Arguments(Document kwargs) {
    this.kwargs = kwargs;
  }

  /** A count of at least one. */
  int count(String name) {
    return given(name).integer(1, Integer.MAX_VALUE);
  }

  /** A text, without spaces at its ends. */
  String text(String name) {
    String text = PythonText.strip(given(name).text());
    if (text.isEmpty()) {
      throw given(name).expected("a text that is more than spaces");
    }
    return text;
  }

  /** The regular expression that a text without spaces at its ends is part of. */
  PythonPattern pattern(String name, String before, String after) {
    return pattern(given(name), before + text(name) + after);
  }

  /** The regular expressions that each of a list of texts is part of. */
  List<PythonPattern> patterns(String name, String before, String after) {
    return given(name).items().stream()
        .map(value -> pattern(value, before + value.text() + after))
        .toList();
  }

  /** A count of at least one and whether it is to be reached or to be stayed below. */
  Threshold threshold(String count, String relation) {
    Document value = given(relation);
    return switch (value.text()) {
      case "at least" -> new Threshold(count(count), true);
      case "less than" -> new Threshold(count(count), false);
      default -> throw value.expected("at least or less than");
    };
  }

  /** The argument itself, for what the others do not read. */
  Document given(String name) {
    asked.add(name);
    Optional<Document> value = kwargs.find(name).filter(Arguments::isGiven);
    if (value.isEmpty()) {
      throw new InputException(
          "%s has no %s, which its instruction needs.".formatted(kwargs.place(), name));
    }
    return value.get();
  }

  /** Refuses arguments that nobody asked for. */
  void requireAllAsked() {
    for (Map.Entry<String, Document> argument : kwargs.entries().entrySet()) {
      if (isGiven(argument.getValue()) && !asked.contains(argument.getKey())) {
        throw argument.getValue().expected("no such argument for its instruction");
      }
    }
  }

  /** Whether the value is more than null, false, zero or empty. */
  private static boolean isGiven(Document value) {
    Object plain = value.value();
    return !(plain == null
        || plain.equals("")
        || plain.equals(0L)
        || plain.equals(0.0)
        || plain.equals(false)
        || plain.equals(List.of())
        || plain.equals(Map.of()));
  }

  private static PythonPattern pattern(Document value, String regex) {
    try {
      return PythonPattern.of(regex);
    } catch (PatternSyntaxException e) {
      throw value.expected("a regular expression (%s)".formatted(e.getDescription()));
    }
  }
}
