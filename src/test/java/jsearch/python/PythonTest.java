package jsearch.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jsearch.Golden;
import jsearch.document.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text, lists and patterns against Python's own results (python.json). */
class PythonTest {
  private static final Document GOLDEN = Golden.read(PythonTest.class, "python.json");

  static Stream<Document> values() {
    return GOLDEN.at("values").items().stream();
  }

  static Stream<Document> lists() {
    return GOLDEN.at("lists").items().stream();
  }

  static Stream<Document> patterns() {
    return GOLDEN.at("patterns").items().stream();
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesPrintAsPythonPrintsThem(Document golden) {
    Object value = golden.entries().get("value").value();
    assertEquals(golden.at("repr").text(), PythonText.repr(value));
    assertEquals(golden.at("str").text(), PythonText.str(value));
  }

  @Test
  void whiteSpaceIsWhatPythonCallsSpace() {
    assertEquals(
        GOLDEN.at("spaces").items().stream().map(Document::value).toList(),
        IntStream.range(0, 0x110000).filter(PythonText::isSpace).mapToObj(Long::valueOf).toList());
  }

  @Test
  void randomSamplesAreThoseOfPythonOneAfterTheOther() {
    for (Document golden : GOLDEN.at("samples").items()) {
      PythonRandom random = new PythonRandom(golden.at("seed").integer(0, 9999));
      for (Document draw : golden.at("draws").items()) {
        assertEquals(
            draw.at("drawn").items().stream().map(n -> n.integer(0, 99999)).toList(),
            random.sample(draw.at("size").integer(1, 99999), draw.at("count").integer(0, 99)));
      }
    }
  }

  @Test
  void strippingTakesSpacesFromTheEndsOnly() {
    assertEquals("a b", PythonText.strip("\u00a0\n a b\u2003\u0085"));
    assertEquals(" a", PythonText.stripTrailing(" a\u00a0\n"));
    assertEquals("", PythonText.strip(" \t"));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void listsReadAsPythonReadsThem(Document golden) {
    assertEquals(
        golden.find("list").map(PythonTest::texts), PythonList.parse(golden.at("text").text()));
  }

  static Stream<Document> cases() {
    return GOLDEN.at("cases").items().stream();
  }

  static Stream<Document> splits() {
    return GOLDEN.at("splits").items().stream();
  }

  static Stream<Document> jsons() {
    return GOLDEN.at("jsons").items().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void textIsUpperOrLowerCaseWhereItIsInPython(Document golden) {
    assertEquals(golden.at("upper").bool(), PythonText.isUpper(golden.at("text").text()));
    assertEquals(golden.at("lower").bool(), PythonText.isLower(golden.at("text").text()));
  }

  @ParameterizedTest
  @MethodSource("splits")
  void wordsAreThoseThatPythonSplits(Document golden) {
    assertEquals(texts(golden.at("words")), PythonText.split(golden.at("text").text()));
  }

  @ParameterizedTest
  @MethodSource("jsons")
  void jsonIsValidWherePythonReadsIt(Document golden) {
    assertEquals(golden.at("valid").bool(), PythonJson.isValid(golden.at("text").text()));
  }

  @Test
  void jsonMayHoldLongStrings() {
    assertTrue(PythonJson.isValid("\"" + "a\\n".repeat(100_000) + "\""));
  }

  @Test
  void jsonThatIsNestedTooDeepIsNone() {
    assertFalse(PythonJson.isValid("[".repeat(100_000) + "]".repeat(100_000)));
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void patternsFindWhatPythonFinds(Document golden) {
    PythonPattern pattern = PythonPattern.of(golden.at("pattern").text());
    String text = golden.at("text").text();
    assertEquals(
        golden.at("found").items().stream().map(PythonTest::texts).toList(), pattern.findAll(text));
    assertEquals(golden.at("removed").text(), pattern.remove(text));
    assertEquals(golden.at("found").items().size(), pattern.count(text));
    assertEquals(!golden.at("found").items().isEmpty(), pattern.occursIn(text));
  }

  private static List<String> texts(Document list) {
    return list.items().stream().map(Document::text).toList();
  }
}
