package jsearch.instruction;

import java.lang.Character.UnicodeBlock;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The n-grams of one to three characters that tell a language: language-detection's rules. */
final class NGrams {
  private static final int LONGEST = 3;
  private static final int MOST_CHARACTERS = 10_000;
  private static final Pattern ADDRESS = Pattern.compile("https?://[-_.?&~;+=/#0-9A-Za-z]{1,2076}");
  private static final Pattern MAIL =
      Pattern.compile("[-_.0-9A-Za-z]{1,64}@[-_0-9A-Za-z]{1,255}[-_.0-9A-Za-z]{1,255}");

  /** Vietnamese letters with a tone that is a character of its own. */
  private static final Pattern TONED =
      Pattern.compile(
          "[AEIOUYaeiouy\u00c2\u00ca\u00d4\u00e2\u00ea\u00f4\u0102\u0103\u01a0\u01a1\u01af\u01b0]"
              + "[\u0300\u0301\u0303\u0309\u0323]");

  /** Latin 1 characters that count as spaces. */
  private static final String LATIN_SPACES = "\u00a0\u00ab\u00b0\u00bb";

  /** Chinese characters that occur alike often, and the one that stands for them. */
  private static final Map<Integer, Integer> HAN = new HashMap<>();

  static {
    for (String group : Resource.text("kanji.txt").lines().toList()) {
      group.codePoints().forEach(c -> HAN.put(c, group.codePointAt(0)));
    }
  }

  private final List<String> found = new ArrayList<>();
  private final List<Integer> window = new ArrayList<>(List.of((int) ' '));
  private boolean inCapitals;

  private NGrams() {}

  /** The n-grams of a text in its order, those of words in capitals left out. */
  static List<String> of(String text) {
    NGrams grams = new NGrams();
    for (int c : withoutForeignLatin(cleaned(text))) {
      grams.add(normalised(c));
    }
    return grams.found;
  }

  private void add(int c) {
    int last = window.get(window.size() - 1);
    if (last == ' ') {
      window.clear();
      window.add((int) ' ');
      inCapitals = false;
    } else if (window.size() >= LONGEST) {
      window.remove(0);
    }
    if (last != ' ' || c != ' ') {
      window.add(c);
      inCapitals = Character.isUpperCase(c) && (inCapitals || Character.isUpperCase(last));
    }
    if (!inCapitals) {
      collect();
    }
  }

  private void collect() {
    StringBuilder gram = new StringBuilder();
    for (int i = window.size() - 1; i >= 0; i--) {
      gram.insert(0, Character.toString(window.get(i)));
      if (!gram.toString().equals(" ")) {
        found.add(gram.toString());
      }
    }
  }

  /** Without addresses and repeated spaces, tones on their letters, not too long. */
  private static int[] cleaned(String text) {
    String rest = ADDRESS.matcher(text).replaceAll(" ");
    rest = MAIL.matcher(rest).replaceAll(" ");
    rest =
        TONED
            .matcher(rest)
            .replaceAll(toned -> Normalizer.normalize(toned.group(), Normalizer.Form.NFC));
    List<Integer> kept = new ArrayList<>();
    int last = 0;
    for (int c : rest.codePoints().limit(MOST_CHARACTERS).toArray()) {
      if (c != ' ' || last != ' ') {
        kept.add(c);
      }
      last = c;
    }
    return kept.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Without Latin letters where the text is mainly written in others. */
  private static int[] withoutForeignLatin(int[] text) {
    int latin = 0;
    int others = 0;
    for (int c : text) {
      if (isLatin(c)) {
        latin++;
      } else if (c >= 0x300 && UnicodeBlock.of(c) != UnicodeBlock.LATIN_EXTENDED_ADDITIONAL) {
        others++;
      }
    }
    return latin * 2 < others ? Arrays.stream(text).filter(c -> !isLatin(c)).toArray() : text;
  }

  private static boolean isLatin(int c) {
    return c >= 'A' && c <= 'z';
  }

  private static int normalised(int c) {
    UnicodeBlock block = UnicodeBlock.of(c);
    if (block == UnicodeBlock.BASIC_LATIN) {
      return Character.isLetter(c) ? c : ' ';
    } else if (block == UnicodeBlock.LATIN_1_SUPPLEMENT) {
      return LATIN_SPACES.indexOf(c) >= 0 ? ' ' : c;
    } else if (block == UnicodeBlock.LATIN_EXTENDED_B) {
      return c == 0x219 ? 0x15f : c == 0x21b ? 0x163 : c; // Romanian, with cedilla
    } else if (block == UnicodeBlock.GENERAL_PUNCTUATION) {
      return ' ';
    } else if (block == UnicodeBlock.ARABIC) {
      return c == 0x6cc ? 0x64a : c; // Persian yeh
    } else if (block == UnicodeBlock.LATIN_EXTENDED_ADDITIONAL) {
      return c >= 0x1ea0 ? 0x1ec3 : c;
    } else if (block == UnicodeBlock.HIRAGANA) {
      return 0x3042;
    } else if (block == UnicodeBlock.KATAKANA) {
      return 0x30a2;
    } else if (block == UnicodeBlock.BOPOMOFO || block == UnicodeBlock.BOPOMOFO_EXTENDED) {
      return 0x3105;
    } else if (block == UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS) {
      return HAN.getOrDefault(c, c);
    }
    return block == UnicodeBlock.HANGUL_SYLLABLES ? 0xac00 : c;
  }
}
