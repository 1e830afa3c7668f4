package jsearch.instruction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.document.Document;

/** How often n-grams of one to three characters occur in each language. */
final class LanguageProfiles {
  private final List<String> codes = new ArrayList<>();
  private final Map<String, Gram> grams = new HashMap<>();

  private LanguageProfiles() {}

  /** The profiles of language-detection, read at first use. */
  static LanguageProfiles all() {
    return Holder.ALL;
  }

  /** The languages, in alphabetical order. */
  List<String> codes() {
    return List.copyOf(codes);
  }

  /** The n-gram, empty when no language's profile has it. */
  Optional<Gram> find(String gram) {
    return Optional.ofNullable(grams.get(gram));
  }

  private void add(Document profile) {
    int language = codes.size();
    codes.add(profile.at("name").text());
    List<Document> totals = profile.at("n_words").items();
    Map<?, ?> counts = (Map<?, ?>) profile.at("freq").value();
    for (Map.Entry<?, ?> count : counts.entrySet()) {
      String gram = (String) count.getKey();
      int length = gram.codePointCount(0, gram.length());
      if (length <= totals.size()) {
        double share = ((Number) count.getValue()).doubleValue() / totals.get(length - 1).number();
        grams.computeIfAbsent(gram, key -> new Gram()).add(language, share);
      }
    }
  }

  /** An n-gram's share of all n-grams of its length, for the languages where it occurs. */
  static final class Gram {
    private int[] languages = {};
    private double[] shares = {};

    private void add(int language, double share) {
      languages = Arrays.copyOf(languages, languages.length + 1);
      shares = Arrays.copyOf(shares, shares.length + 1);
      languages[languages.length - 1] = language;
      shares[shares.length - 1] = share;
    }

    /** Multiplies each language's probability by the n-gram's share there plus a weight. */
    void update(double[] probabilities, double weight) {
      int next = 0;
      for (int i = 0; i < probabilities.length; i++) {
        boolean occurs = next < languages.length && languages[next] == i;
        probabilities[i] *= weight + (occurs ? shares[next++] : 0);
      }
    }
  }

  private static final class Holder {
    private static final LanguageProfiles ALL = read();

    private static LanguageProfiles read() {
      LanguageProfiles profiles = new LanguageProfiles();
      Resource.text("languages.jsonl")
          .lines()
          .forEach(line -> profiles.add(Document.json("languages.jsonl", line)));
      return profiles;
    }
  }
}
