package jsearch.instruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.Golden;
import jsearch.document.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verdicts beside those of IFEval's reference checker. */
class ReferenceTest {
  /** Short cases of every instruction (ifeval.json). */
  static Stream<Document> cases() {
    return Golden.read(ReferenceTest.class, "ifeval.json").at("cases").items().stream();
  }

  /** What a model answered to IFEval's own prompts (responses.jsonl). */
  static Stream<Document> responses() {
    return Document.jsonLines(Golden.path(ReferenceTest.class, "responses.jsonl")).stream();
  }

  @ParameterizedTest
  @MethodSource({"cases", "responses"})
  void verdictsAreThoseOfTheReference(Document golden) {
    Instructions instructions = Instructions.of(golden);
    String response = golden.at("response").text();
    assertEquals(verdicts(golden, "strict"), instructions.strict(response), "strict");
    assertEquals(verdicts(golden, "loose"), instructions.loose(response), "loose");
  }

  @Test
  void theCasesHaveEveryInstructionFollowedAndNotFollowed() {
    assertEquals(25, ids("strict", true).size());
    assertEquals(ids("strict", true), ids("strict", false));
    assertTrue(cases().anyMatch(c -> !verdicts(c, "strict").equals(verdicts(c, "loose"))));
  }

  private static Set<String> ids(String mode, boolean verdict) {
    return cases()
        .filter(golden -> verdicts(golden, mode).contains(verdict))
        .map(golden -> golden.at("instruction_id_list").items().get(0).text())
        .collect(Collectors.toSet());
  }

  private static List<Boolean> verdicts(Document golden, String mode) {
    return golden.at(mode).items().stream().map(Document::bool).toList();
  }
}
