package jsearch.cli;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import jsearch.document.Nearest;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;

/** What to say of a value that an option or argument does not take. */
final class WrongValue {
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, Integer.class, long.class, Long.class);
  private static final Set<Class<?>> INT = Set.of(int.class, Integer.class);
  private static final Set<Class<?>> REAL = Set.of(double.class, Double.class);

  private WrongValue() {}

  /** The message, such as "--budget is x, expected a whole number.". */
  static String message(String name, ParameterException fault) {
    String value = fault.getValue();
    ArgSpec argument = fault.getArgSpec();
    List<String> choices = choices(argument.type());
    return "%s is %s, expected %s.%s"
        .formatted(
            name,
            value.isEmpty() ? "empty" : value,
            expected(argument, fault),
            Nearest.hint(value, choices));
  }

  private static String expected(ArgSpec argument, ParameterException fault) {
    Class<?> type = argument.type();
    if (argument.converters().length
        > 0) { // ours say what they expect; picocli begins the sentence
      return fault.getMessage().replaceFirst("(?s)^Invalid value for .*?: ", "");
    }
    if (WHOLE.contains(type)) {
      boolean number = fault.getValue().matches("[+-]?\\d+");
      long most = INT.contains(type) ? Integer.MAX_VALUE : Long.MAX_VALUE;
      return number ? "a whole number up to %,d".formatted(most) : "a whole number";
    }
    if (REAL.contains(type)) {
      return "a number";
    }
    List<String> choices = choices(type);
    if (!choices.isEmpty()) {
      return choices.size() == 1 ? choices.get(0) : "one of: " + String.join(", ", choices);
    }
    return argument.paramLabel();
  }

  private static List<String> choices(Class<?> type) {
    return type.isEnum()
        ? Stream.of(type.getEnumConstants())
            .map(value -> value.toString().toLowerCase(Locale.ROOT))
            .toList()
        : List.of();
  }
}
