package jsearch.task;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.python.PythonPattern;
import jsearch.template.Arguments;
import jsearch.template.Dialect;
import jsearch.template.Jinja;
import jsearch.template.TemplateException;

/**
 * A Jinja template of a task file, rendered as lm-evaluation-harness does.
 *
 * <p>Unknown names are errors, trailing newlines stay, nothing is escaped for HTML, text that comes
 * from an item is never read as a template. Beside Jinja's own filters there is {@code
 * regex_replace}; {@code tojson} is refused, which escapes for HTML there.
 *
 * @param place the task file and key, for messages
 * @param text the template
 */
record Template(String place, String text) {
  private static final Dialect DIALECT =
      new Dialect(false, false, true, true, Map.of("regex_replace", Template::regexReplace));

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
    Map<String, Object> names = new HashMap<>();
    item.entries().forEach((name, value) -> names.put(name, value.value()));
    try {
      return Jinja.parse(text, DIALECT).render(names);
    } catch (TemplateException e) {
      throw new InputException(
          "%s, line %d of the template: %s. %s has the fields %s."
              .formatted(
                  place,
                  e.line(),
                  e.getMessage().replaceFirst("\\.$", ""),
                  item.place(),
                  item.entries().keySet()),
          e);
    }
  }

  private static Object regexReplace(Arguments arguments) {
    Arguments.Bound bound = arguments.bind("regex_replace", "string", "pattern", "repl", "count");
    try {
      return PythonPattern.of(bound.text("pattern"))
          .replace(bound.text("string"), bound.text("repl"), bound.whole("count", 0));
    } catch (PatternSyntaxException e) {
      throw new TemplateException("regex_replace: " + e.getDescription());
    } catch (IllegalArgumentException e) {
      throw new TemplateException("regex_replace: " + e.getMessage());
    }
  }
}
