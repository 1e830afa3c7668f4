package jsearch.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
  private static Object read(String text) {
    return Document.yaml("a.yaml", text).value();
  }

  private static String fault(String text) {
    return assertThrows(InputException.class, () -> read(text)).getMessage();
  }

  /** As PyYAML 6 reads these texts. */
  @Test
  void anAliasIsTheValueOfItsAnchor() {
    assertEquals(
        Map.of("a", 1L, "b", List.of(1L, 1L), "c", List.of(1L, 1L)),
        read("a: &one 1\nb: &both\n  - *one\n  - *one\nc: *both\n"));
    assertEquals(Map.of("a", "x y", "b", "x y"), read("a: &text 'x y'\nb: *text\n"));
    assertEquals(
        Map.of("a", Map.of("k", 0.5), "b", Map.of("k", 0.5)), read("a: &m {k: 0.5}\nb: *m\n"));
  }

  /** As <a href="https://yaml.org/type/merge.html">YAML's merge type</a> has it. */
  @Test
  void mergedMappingsGiveWhatTheMappingItselfDoesNot() {
    assertEquals(
        Map.of("base", Map.of("k", 1L, "l", 2L), "own", Map.of("k", 3L, "l", 2L)),
        read("base: &b {k: 1, l: 2}\nown: {k: 3, <<: *b}\n"));
    assertEquals(
        List.of(Map.of("k", 1L), Map.of("k", 2L, "l", 3L), Map.of("k", 1L, "l", 3L)),
        read("- &a {k: 1}\n- &b {k: 2, l: 3}\n- <<: [*a, *b]\n"));
  }

  @Test
  void aMergeKeyInQuotesOrOfNoMappingIsAKey() {
    assertEquals(Map.of("<<", "x"), read("\"<<\": x\n"));
    assertEquals(Map.of("<<", Map.of("k", 1L)), read("{'<<': {k: 1}}"));
    assertEquals(Map.of("<<", "x"), read("<<: x\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: *b | a.yaml, line 1: the alias *b has no anchor &b before it",
        "a: &b [*b] | a.yaml, line 1: the alias *b has no anchor &b before it",
        "{a: &b c, *b : d} | a.yaml, line 1 is not valid YAML",
      })
  void whatStandsForNothingIsRefusedByItsLine(String text, String expected) {
    assertTrue(fault(text).startsWith(expected), fault(text));
  }

  @Test
  void aSecondDocumentIsRefusedByItsLine() {
    assertEquals(Map.of("a", 1L), read("---\na: 1\n...\n"));
    String message = fault("a: 1\n---\nb: 2\n");
    assertTrue(message.startsWith("a.yaml, line 3: a second document (---) begins"), message);
    assertTrue(fault("a: 1\n---\n").contains("a second document"), fault("a: 1\n---\n"));
  }

  @Test
  void aliasesOfAliasesFillNoMemory() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      text.append("a%d: &a%<d [%s]\n".formatted(i, ("*a" + (i - 1) + ", ").repeat(10)));
    }
    assertTrue(fault(text.toString()).contains("more than 100,000 values"), fault(text.toString()));
    StringBuilder deep = new StringBuilder("a0: &a0 x\n");
    for (int i = 1; i < 5_000; i++) {
      deep.append("a%d: &a%<d [*a%d]\n".formatted(i, i - 1));
    }
    assertTrue(fault(deep.toString()).contains("nest too deep"), fault(deep.toString()));
  }
}
