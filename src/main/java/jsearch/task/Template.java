package jsearch.task;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.InterpreterFactory;
import com.hubspot.jinjava.interpret.InvalidArgumentException;
import com.hubspot.jinjava.interpret.InvalidInputException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.python.PythonText;

/**
 * A Jinja template of a task file, rendered as lm-evaluation-harness does.
 *
 * <p>Unknown names are errors, trailing newlines stay, nothing is escaped for HTML, text that comes
 * from an item is never read as a template, and values print as Python prints them. Stricter than
 * Python's Jinja: printing a null is an error, and so are functions that would silently differ here
 * (Java's {@code split}, {@code format}, {@code join} methods, the filter {@code tojson}) or give a
 * different prompt each time.
 *
 * @param place the task file and key, for messages
 * @param text the template
 */
record Template(String place, String text) {
  private static final JinjavaConfig DIALECT =
      JinjavaConfig.newBuilder()
          .withFailOnUnknownTokens(true)
          .withKeepTrailingNewline(true)
          .withNestedInterpretationEnabled(false)
          .withRestrictedMethods(Set.of("split", "format", "join", "matches"))
          .withDisabled(
              Map.of(Context.Library.FILTER, Set.of("tojson", "pprint", "random", "shuffle")))
          .withInterperterFactory(new Factory())
          .withLegacyOverrides(
              // All that are Jinja's own rules; as there, "{{x}}" needs no spaces.
              LegacyOverrides.newBuilder()
                  .withEvaluateMapKeys(true)
                  .withIterateOverMapKeys(true)
                  .withUseNaturalOperatorPrecedence(true)
                  .withParseWhitespaceControlStrictly(true)
                  .withAllowAdjacentTextNodes(true)
                  .withUseTrimmingForNotesAndExpressions(true)
                  .withKeepNullableLoopValues(true)
                  .withHandleBackslashInQuotesOnly(true)
                  .build())
          .build();
  private static final Jinjava ENGINE = new Jinjava(DIALECT);

  /** Jinja's own names. One for all: copying it takes ten times as long as rendering. */
  private static final Context BUILT_IN = ENGINE.getGlobalContextCopy();

  Template {
    text = text.replace("\r\n", "\n").replace('\r', '\n'); // Jinja's newline_sequence
  }

  /** The template in this string value. */
  static Template of(Document value) {
    return new Template(value.place(), value.text());
  }

  /**
   * The text for an item.
   *
   * @throws InputException naming the task file, key, template line, item and its fields
   */
  String render(Document item) {
    if (text.indexOf('{') < 0) {
      return text;
    }
    Map<?, ?> fields = (Map<?, ?>) item.value();
    @SuppressWarnings("unchecked") // keys of a JSON object are strings
    Map<String, Object> names = (Map<String, Object>) fields;
    // Rendering notes in BUILT_IN which expressions it met, so one thread at a time.
    synchronized (BUILT_IN) {
      JinjavaInterpreter interpreter =
          new PythonInterpreter(
              ENGINE, new Context(BUILT_IN, names, DIALECT.getDisabled()), DIALECT);
      try (var current = JinjavaInterpreter.closeablePushCurrent(interpreter).get()) {
        String output = current.value().render(text);
        List<TemplateError> errors = interpreter.getErrorsCopy();
        if (!errors.isEmpty()) {
          TemplateError first = errors.get(0);
          throw fault(item, first.getLineno(), first.getMessage(), first.getException());
        }
        return output;
      } catch (InterpretException e) {
        throw fault(item, e.getLineNumber(), e.getMessage(), e);
      } catch (InvalidArgumentException | InvalidInputException e) {
        throw fault(item, interpreter.getLineNumber(), e.getMessage(), e);
      }
    }
  }

  private InputException fault(Document item, int line, String message, Exception cause) {
    return new InputException(
        "%s, line %d of the template: %s. %s has the fields %s."
            .formatted(
                place,
                line,
                message.replaceFirst("\\.$", ""),
                item.place(),
                item.entries().keySet()),
        cause);
  }

  /** Prints values as Python does. */
  private static final class PythonInterpreter extends JinjavaInterpreter {
    PythonInterpreter(Jinjava engine, Context context, JinjavaConfig config) {
      super(engine, context, config);
    }

    PythonInterpreter(JinjavaInterpreter original) {
      super(original);
    }

    @Override
    public String getAsString(Object value) {
      return PythonText.str(value);
    }
  }

  private static final class Factory implements InterpreterFactory {
    @Override
    public JinjavaInterpreter newInstance(JinjavaInterpreter original) {
      return new PythonInterpreter(original);
    }

    @Override
    public JinjavaInterpreter newInstance(Jinjava engine, Context context, JinjavaConfig config) {
      return new PythonInterpreter(engine, context, config);
    }
  }
}
