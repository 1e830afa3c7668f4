package jsearch.instruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import jsearch.document.Document;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;

class InstructionsTest {
  @Test
  void eachInstructionGetsItsOwnVerdict() {
    Instructions instructions =
        Instructions.of(
            item(
                "\"punctuation:no_comma\", \"startend:quotation\"",
                "{\"language\": null}, {\"num_words\": 0}"));
    assertEquals(2, instructions.size());
    assertEquals(List.of(false, true), instructions.strict("\"a, b\""));
    assertEquals(List.of(true, true), instructions.loose("\"a, b\"\n\"c\""));
  }

  @Test
  void anUnknownInstructionIsRefusedByName() {
    refused(
        "\"punctuation:no_colon\"",
        "{}",
        "items.jsonl, line 3: instruction_id_list[0] is \"punctuation:no_colon\", expected an"
            + " instruction of IFEval, such as punctuation:no_comma.");
  }

  @Test
  void anArgumentThatIsMissingIsRefusedByName() {
    String message =
        "items.jsonl, line 3: kwargs[0] has no num_words, which its instruction needs.";
    refused("\"length_constraints:number_words\"", "{\"relation\": \"at least\"}", message);
    refused(
        "\"length_constraints:number_words\"",
        "{\"relation\": \"at least\", \"num_words\": 0}",
        message);
  }

  @Test
  void anArgumentOfAnotherInstructionIsRefused() {
    refused(
        "\"punctuation:no_comma\"",
        "{\"num_words\": 5}",
        "items.jsonl, line 3: kwargs[0].num_words is 5, expected no such argument for its"
            + " instruction.");
  }

  @Test
  void argumentsThatMeanNothingAreRefused() {
    refused(
        "\"length_constraints:number_words\"",
        "{\"relation\": \"at most\", \"num_words\": 5}",
        "items.jsonl, line 3: kwargs[0].relation is \"at most\", expected at least or less than.");
    refused(
        "\"keywords:letter_frequency\"",
        "{\"letter\": \"ab\", \"let_relation\": \"at least\", \"let_frequency\": 1}",
        "items.jsonl, line 3: kwargs[0].letter is \"ab\", expected one letter.");
    refused(
        "\"keywords:existence\"",
        "{\"keywords\": [\"a\", \"(\"]}",
        "items.jsonl, line 3: kwargs[0].keywords[1] is \"(\", expected a regular expression"
            + " (Unclosed group).");
    refused(
        "\"length_constraints:nth_paragraph_first_word\"",
        "{\"num_paragraphs\": 2, \"nth_paragraph\": 3, \"first_word\": \"a\"}",
        "items.jsonl, line 3: kwargs[0].nth_paragraph is 3, expected a whole number from 1 to 2.");
  }

  @Test
  void instructionsAndArgumentsComeInPairs() {
    refused(
        "\"punctuation:no_comma\"",
        "{}, {}",
        "items.jsonl, line 3: kwargs is [{},{}], expected one mapping for each of the 1"
            + " instructions.");
    refused(
        "",
        "",
        "items.jsonl, line 3: instruction_id_list is [], expected at least one instruction.");
  }

  private static void refused(String ids, String kwargs, String message) {
    Document item = item(ids, kwargs);
    InputException e = assertThrows(InputException.class, () -> Instructions.of(item));
    assertEquals(message, e.getMessage());
  }

  private static Document item(String ids, String kwargs) {
    return Document.json(
        "items.jsonl, line 3",
        "{\"instruction_id_list\": [%s], \"kwargs\": [%s]}".formatted(ids, kwargs));
  }
}
