package jsearch.instruction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencesTest {
  /** The counts are those of NLTK 3.9.1. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1 | Dr. Smith met Mrs. Green.",
        "2 | We met at 5 p.m. The train left.",
        "1 | We met at 5 p.m. on Monday.",
        "1 | George W. Bush spoke.",
        "2 | He said \"No.\" She left.",
        "2 | (It rained.) We stayed.",
        "2 | It grew by 3.5 percent. Good.",
        "2 | 1. First",
        "1 | Version 2. beta",
        "2 | Wait... what? Really?",
      })
  void fullStopsOfOtherUseEndNoSentence(int count, String text) {
    assertEquals(count, Sentences.count(text));
  }

  @Test
  void nothingHasNoSentence() {
    assertEquals(0, Sentences.count(""));
    assertEquals(0, Sentences.count(" \n"));
  }

  @Test
  void anInitialEndsASentenceBeforeAWordThatIsNoName() {
    SentenceWords words = new SentenceWords(Set.of(), Set.of(), Set.of("answer"));
    assertEquals(true, words.endInside("A. Answer"));
    assertEquals(false, words.endInside("A. Lincoln"));
    assertEquals(false, words.endInside("A. answer"));
  }

  @Test
  void anAbbreviationEndsASentenceBeforeAStarterAlone() {
    SentenceWords words = new SentenceWords(Set.of("p.m"), Set.of("the"), Set.of());
    assertEquals(true, words.endInside("p.m. The"));
    assertEquals(false, words.endInside("p.m. Paris"));
    assertEquals(false, words.endInside("p.m. the"));
  }
}
