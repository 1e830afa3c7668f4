package jsearch.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jsearch.Golden;
import jsearch.document.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small templates against Jinja itself, as transformers sets it up (snippets.json). */
class JinjaTest {
  private static final Document GOLDEN = Golden.read(JinjaTest.class, "snippets.json");
  private static final Dialect TRANSFORMERS =
      new Dialect(true, true, false, false, Map.of("tojson", Json::dumps));

  private static String render(String template) {
    Map<String, Object> values = new HashMap<>();
    GOLDEN.at("values").entries().forEach((name, value) -> values.put(name, value.value()));
    return Jinja.parse(template, TRANSFORMERS).render(values);
  }

  private static TemplateException fault(String template) {
    return assertThrows(TemplateException.class, () -> render(template));
  }

  static Stream<Document> snippets() {
    return GOLDEN.at("snippets").items().stream();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void aTemplateRendersAsInPythonAndFailsWhereItFailsThere(Document golden) {
    String template = golden.at("template").text();
    Optional<String> text = golden.find("text").map(Document::text);
    if (text.isPresent()) {
      assertEquals(text.get(), render(template));
    } else {
      fault(template);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ 'a'.encode() }}",
        "{{ n.real }}",
        "{{ 'a'.__class__ }}",
        "{{ '<'|escape }}",
        "{{ l|random }}",
        "{{ l|map('string') }}",
        "{{ l.index }}",
        "{{ ('a'|safe) + 'b' }}",
        "{{ ('a'|safe)|upper }}",
        "{{ 2 ** 70 }}",
        "{{ 'a' * 10000000 }}",
        "{{ 'a'|indent(2000000000) }}",
        "{{ l|tojson(indent=2000000000) }}",
        "{{ '{99999999999}'.format(1) }}",
        "{{ range(1000000) }}",
        "{% for i in l recursive %}{% endfor %}",
        "{% include 'x' %}",
        "{% block x %}{% endblock %}",
        "{% autoescape true %}{% endautoescape %}",
        "{{ lipsum() }}",
        "{{ d.items }}",
        "{{ l is sameas l }}",
        "{{ '{:>3}'.format(1) }}",
        "{{ '\\101' }}",
        "{% for i in l %}{% set x %}{% break %}{% endset %}{% endfor %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}"
      })
  void whatPythonKnowsAndWeDoNotIsRefused(String template) {
    fault(template);
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> faults() {
    return Stream.of(
        arguments("a\n{{ undef.x }}", 2, "'undef' is undefined"),
        arguments("{{ n }}\n\n{% if d.a.b.c %}{% endif %}", 3, "'int object' has no attribute 'b'"),
        arguments(
            "{% for i in l %}\n{{ i + 'a' }}{% endfor %}",
            2, "unsupported operand type(s) for +: 'int' and 'str'"),
        arguments(
            "{% macro f() %}\n{{ 1|nosuch }}{% endmacro %}\n{{ f() }}",
            2, "there is no filter named 'nosuch' here"),
        arguments("{# a\nb #}{{ n. }}", 2, "found '}}', expected a name or number after '.'"),
        arguments("{% if n %}\nx", 2, "found the end of the template, expected {% endif %}"),
        arguments("x\n{% endfor %}", 2, "found the tag 'endfor', which has no meaning here"),
        arguments("x\n{{ 'a\nb", 2, "unexpected character '''"),
        arguments("x\n{{ n", 2, "a tag is not closed by }}"),
        arguments("{% raw %}", 1, "{% raw %} has no {% endraw %}"),
        arguments("{{ (n] }}", 1, "unexpected ']'"),
        arguments("{% break %}", 1, "found 'break', expected it inside a for block"),
        arguments("{% include 'x' %}", 1, "the tag 'include' is not supported here"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultNamesItsLine(String template, int line, String message) {
    TemplateException e = fault(template);
    assertEquals(message, e.getMessage());
    assertEquals(line, e.line());
  }

  @Test
  void whereNamesMustBeKnownTheUnknownMayOnlyBeAskedFor() {
    Dialect strict = new Dialect(false, false, true, true, Map.of());
    assertEquals(
        "D no\n",
        strict(strict, "{{ x|default('D') }} {% if x is defined %}yes{% else %}no{% endif %}\n"));
    for (String template :
        new String[] {"{{ x }}", "{% if x %}{% endif %}", "{{ x == 1 }}", "{{ x|length }}"}) {
      assertThrows(TemplateException.class, () -> strict(strict, template));
    }
  }

  private static String strict(Dialect dialect, String template) {
    return Jinja.parse(template, dialect).render(Map.of());
  }

  @Test
  void valuesOfAnItemAreNeverReadAsTemplates() {
    assertEquals(
        "{{ n }}{% raw %}",
        Jinja.parse("{{ text }}", TRANSFORMERS).render(Map.of("text", "{{ n }}{% raw %}")));
  }
}
