package jsearch.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {
  @TempDir private Path directory;

  private static String fault(Executable reading) {
    return assertThrows(InputException.class, reading).getMessage();
  }

  private static final Document SUITE =
      Document.yaml(
          "suite.yaml",
          """
          name: demo
          tasks:
            - {weight: 0.5, items: 12, on: true}
            - weight: heavy
          nothing: null
          """);

  @Test
  void valuesAreReadByNameAndPlace() {
    Document first = SUITE.at("tasks").items().get(0);
    assertEquals("demo", SUITE.at("name").text());
    assertEquals(0.5, first.at("weight").number());
    assertEquals(12, first.at("items").integer(1, 12));
    assertTrue(first.at("on").bool());
    assertEquals(List.of("name", "tasks", "nothing"), new ArrayList<>(SUITE.entries().keySet()));
    assertEquals(Map.of("weight", 0.5, "items", 12L, "on", true), first.value());
  }

  @Test
  void anAbsentOrNullKeyIsNotFound() {
    assertTrue(SUITE.find("absent").isEmpty());
    assertTrue(SUITE.find("nothing").isEmpty());
  }

  @Test
  void faultsNameSourcePathValueAndExpectation() {
    Document tasks = SUITE.at("tasks");
    assertEquals(
        "suite.yaml: tasks[1].weight is \"heavy\", expected a number.",
        fault(() -> tasks.items().get(1).at("weight").number()));
    assertEquals(
        "suite.yaml: tasks[0].items is 12, expected a whole number from 1 to 10.",
        fault(() -> tasks.items().get(0).at("items").integer(1, 10)));
    assertEquals(
        "suite.yaml: tasks[0].weight is 0.5, expected a whole number.",
        fault(() -> tasks.items().get(0).at("weight").integer(0, 1)));
    assertEquals(
        "suite.yaml: tasks[1].task is missing; found [weight].",
        fault(() -> tasks.items().get(1).at("task")));
    assertEquals(
        "suite.yaml: tasks[1].weight is not supported here, expected one of [share].",
        fault(() -> tasks.items().get(1).allow(Set.of("share"))));
    assertEquals(
        "suite.yaml: name is \"demo\", expected a list.", fault(() -> SUITE.at("name").items()));
  }

  @Test
  void aLongValueIsCutInTheMessage() {
    Document document = Document.json("x", "[\"" + "a".repeat(500) + "\"]");
    assertTrue(fault(document::text).length() < 120, fault(document::text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": 1, \"a\": 2} | duplicate",
        "{\"a\": 1} {\"b\": 2} | trailing",
        "{\"a\": | end-of-input",
        "nonsense | Unrecognized"
      })
  void whatIsNoJsonIsRefusedWithItsPlace(String text, String reason) {
    String message = fault(() -> Document.json("config.json", text));
    assertTrue(message.startsWith("config.json"), message);
    assertTrue(message.toLowerCase().contains(reason.toLowerCase()), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\n\n"})
  void anEmptyTextIsNoDocument(String text) {
    assertTrue(fault(() -> Document.json("x.json", text)).contains("empty"));
    assertTrue(fault(() -> Document.yaml("x.yaml", text)).contains("x.yaml"));
  }

  @Test
  void aYamlFaultTellsItsLine() {
    String message = fault(() -> Document.yaml("x.yaml", "a: 1\nb: [1, 2\nc: 3\n"));
    assertTrue(message.startsWith("x.yaml, line 3 is not valid YAML"), message);
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() {
    for (String value : List.of(".nan", ".inf", "-.inf", "1e999")) {
      String message = fault(() -> Document.yaml("x.yaml", "a: " + value).at("a").number());
      assertTrue(message.startsWith("x.yaml"), message);
    }
  }

  @Test
  void jsonLinesNameTheirLine() throws IOException {
    Path file = Files.writeString(directory.resolve("d.jsonl"), "{\"a\": 1}\n\n{\"a\": \"x\"}\n");
    List<Document> lines = Document.jsonLines(file);
    assertEquals(2, lines.size());
    String message = fault(() -> lines.get(1).at("a").number());
    assertEquals(file + ", line 3: a is \"x\", expected a number.", message);
  }

  @Test
  void aMissingOrBadlyEncodedFileIsNamed() throws IOException {
    Path missing = directory.resolve("missing.json");
    assertEquals(missing + " does not exist.", fault(() -> Document.json(missing)));
    Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', (byte) 0xe9});
    assertEquals(latin + " is not UTF-8 text.", fault(() -> Document.yaml(latin)));
  }

  @Test
  void aPartThatIsNotReadIsAsIfItWereNotThere() throws IOException {
    Path file = directory.resolve("x.json");
    String text = "{'merges': 1, 'model': {'a': {'merges': []}, %s'b': [{}, [], null]}, 'c': {}}";
    Files.writeString(file, text.formatted("'merges': [[1, {'b': 2}], 3], ").replace('\'', '"'));
    Document expected = Document.json("x", text.formatted("").replace('\'', '"'));
    assertEquals(expected.value(), Document.json(file, List.of("model", "merges")).value());
    assertEquals(
        Map.of("merges", 1L, "c", Map.of()), Document.json(file, List.of("model")).value());
    Files.writeString(file, "{\"model\": {\"merges\": [1, }}");
    assertTrue(fault(() -> Document.json(file, List.of("model"))).contains("line 1 is not valid"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{\"a\":1e0,\"k\" : [1, {\"k\":2}],  \"é\":\"\\u00e9\"}"
            + "|{\"a\":1e0,\"k\" : NEW,  \"é\":\"\\u00e9\"}",
        "{\"k\": 17}|{\"k\": NEW}",
        "{\"k\":\"x\\\"}\",\"l\":{\"k\":0}}|{\"k\":NEW,\"l\":{\"k\":0}}",
        "{\"l\":{\"k\":0},\"k\":null }|{\"l\":{\"k\":0},\"k\":NEW }",
      })
  void replacingAValueLeavesEveryOtherCharacter(String was, String expected) {
    String is = Writer.withValue("x", was, "k", Map.of("n", List.of(1)));
    String value = "{\n    \"n\": [\n      1\n    ]\n  }";
    assertEquals(expected.replace("NEW", value), is);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"l\": {\"k\": 1}}", "[]", "{\"k\"", "{", "17"})
  void aValueThatIsNotThereIsNotReplaced(String text) {
    assertTrue(fault(() -> Writer.withValue("x.json", text, "k", 1)).startsWith("x.json"));
  }

  @Test
  void aLongMessageLosesItsMiddle() {
    String message = new InputException("start " + "x".repeat(1_000_000) + " end").getMessage();
    assertTrue(message.startsWith("start x") && message.endsWith("x end"), message);
    assertEquals(2005, message.length());
  }

  @Test
  void halfASurrogatePairIsToldByTheFile() throws IOException {
    Path file = directory.resolve("config.json");
    String text = Writer.json(Document.json("c", "{\"a\": \"\\ud800\"}").value());
    String message = fault(() -> Writer.replace(file, text));
    assertTrue(message.startsWith(file + " cannot be written"), message);
    assertEquals(0, directory.toFile().list().length);
  }
}
