package jsearch.instruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LanguagesTest {
  @Test
  void aTextHasTheSameLanguageEachTime() {
    String ambiguous = "Merci, ok, no problem, ciao";
    Optional<String> first = Languages.detect(ambiguous);
    for (int i = 0; i < 20; i++) {
      assertEquals(first, Languages.detect(ambiguous));
    }
  }

  @Test
  void aTextWithoutLettersHasNoLanguage() {
    assertEquals(Optional.empty(), Languages.detect("12 345, https://example.org/path"));
  }

  @Test
  void wordsInCapitalsTellNothingBeyondTheirFirstLetter() {
    assertEquals(List.of("A", " A"), NGrams.of("ABC"));
  }

  @Test
  void gramsAreOfOneToThreeCharactersOfOneWord() {
    assertEquals(
        List.of("a", " a", "b", "ab", " ab", "c", "bc", "abc", "c ", "bc "), NGrams.of("abc 1"));
  }

  @Test
  void fiftyFiveLanguagesAreKnown() {
    assertEquals(55, Languages.codes().size());
    assertTrue(Languages.codes().containsAll(List.of("en", "zh-cn", "zh-tw", "ne")));
  }
}
