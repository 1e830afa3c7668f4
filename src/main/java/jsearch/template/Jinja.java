package jsearch.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A Jinja template, read once and rendered with values.
 *
 * <p>Renders as Jinja2 3.1 in its sandbox: expressions, tests and filters, {@code if}, {@code for}
 * with loop controls, {@code set}, {@code macro}, {@code call}, {@code filter}, {@code with},
 * {@code raw}, {@code generation}; values print, compare and add up as Python's. What Jinja knows
 * and we do not (other templates, recursive loops, rare filters and methods) is an error with its
 * line.
 */
public final class Jinja {
  /** Jinja's own names that we do not have; a template that asks for one is refused. */
  private static final Set<String> FOREIGN = Set.of("lipsum", "cycler", "joiner", "self", "super");

  private final Statement.Body body;
  private final Dialect dialect;

  private Jinja(Statement.Body body, Dialect dialect) {
    this.body = body;
    this.dialect = dialect;
  }

  /**
   * Reads a template.
   *
   * @throws TemplateException naming the line, when it is malformed
   */
  public static Jinja parse(String text, Dialect dialect) {
    try {
      return new Jinja(new Parser(Lexer.tokens(text, dialect)).template(), dialect);
    } catch (StackOverflowError e) {
      throw new TemplateException("the template is nested too deep", 1);
    }
  }

  /**
   * The text for these values: strings, Long, Double, Boolean, lists, maps, null, functions.
   *
   * @throws TemplateException naming the line, when the template refuses them or cannot use them
   */
  public String render(Map<String, Object> values) {
    Map<String, Object> names = new HashMap<>();
    for (String name : FOREIGN) {
      Callable refused =
          arguments -> {
            throw new TemplateException("%s is not supported here".formatted(name));
          };
      names.put(name, refused);
    }
    names.put("range", (Callable) Range::of);
    names.put("dict", (Callable) Dicts::of);
    names.put("namespace", (Callable) Namespace::of);
    names.putAll(values);
    StringBuilder out = new StringBuilder();
    try {
      body.run(body.inside(new Scope(dialect, names)), out);
    } catch (StackOverflowError e) {
      throw new TemplateException("the template calls itself without end", 1);
    }
    return out.toString();
  }
}
