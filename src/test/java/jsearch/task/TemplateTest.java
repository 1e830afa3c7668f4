package jsearch.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.Stream;
import jsearch.Golden;
import jsearch.document.Document;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates against Python's Jinja as lm-evaluation-harness sets it up (templates.json). */
class TemplateTest {
  private static final Document GOLDEN = Golden.read(TemplateTest.class, "templates.json");

  static Stream<Document> cases() {
    return GOLDEN.at("cases").items().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void templatesRenderAsInPythonAndFailWhereTheyFailThere(Document golden) {
    Template template = new Template("task.yaml: doc_to_text", golden.at("template").text());
    Optional<String> expected = golden.find("output").map(Document::text);
    if (expected.isEmpty()) {
      assertThrows(InputException.class, () -> template.render(GOLDEN.at("doc")));
    } else {
      assertEquals(expected.get(), template.render(GOLDEN.at("doc")));
    }
  }

  @Test
  void anUnknownNameIsToldWithKeyLineItemAndFields() {
    Template template = new Template("task.yaml: doc_to_text", "Question:\n{{ qestion }}");
    Document item = Document.json("data.jsonl, line 3", "{\"question\": \"x\", \"answer\": \"y\"}");
    assertEquals(
        "task.yaml: doc_to_text, line 2 of the template: 'qestion' is undefined."
            + " data.jsonl, line 3 has the fields [question, answer].",
        assertThrows(InputException.class, () -> template.render(item)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{list|tojson}}",
        "{{list|random}}",
        "{{list|shuffle}}",
        "{% include 'other' %}",
        "{{text.getClass()}}"
      })
  void whatWeDoNotHaveIsRefused(String text) {
    Document item = Document.json("data.jsonl, line 1", "{\"text\": \"a.b\", \"list\": [\"x\"]}");
    InputException e =
        assertThrows(InputException.class, () -> new Template("t.yaml: k", text).render(item));
    assertTrue(e.getMessage().startsWith("t.yaml: k, line 1 of the template: "), e.getMessage());
  }

  static Stream<Arguments> replacements() {
    return Stream.of(
        Arguments.of("regex_replace('[0-9]+', '#')", "a#b#"),
        Arguments.of("regex_replace('([0-9])([0-9])', '\\\\2\\\\g<1>')", "a21b3"),
        Arguments.of("regex_replace('(?P<d>[0-9])', '<\\\\g<d>>', 1)", "a<1>2b3"));
  }

  @ParameterizedTest
  @MethodSource("replacements")
  void patternsAreReplacedAsPythonReplacesThem(String filter, String expected) {
    Document item = Document.json("data.jsonl, line 1", "{\"text\": \"a12b3\"}");
    assertEquals(expected, new Template("t.yaml: k", "{{text|" + filter + "}}").render(item));
  }

  @Test
  void aPatternThatIsNoneIsTold() {
    Document item = Document.json("data.jsonl, line 1", "{\"text\": \"a\"}");
    Template template = new Template("t.yaml: k", "{{text|regex_replace('(', '')}}");
    InputException e = assertThrows(InputException.class, () -> template.render(item));
    assertTrue(e.getMessage().startsWith("t.yaml: k, line 1 of the template: regex_replace: "));
  }
}
