package jsearch.instruction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Tells a text's language, as Shuyo's language-detection does (Nakatani Shuyo 2010).
 *
 * <p>A naive Bayes classifier over n-grams drawn by chance from the text, seven times over; its
 * probabilities are the languages' means. IFEval's reference uses a port of it without a seed, so
 * its verdicts on short texts change from run to run; here the same text has the same language.
 */
final class Languages {
  private static final int TRIALS = 7;
  private static final double ALPHA = 0.5;
  private static final double ALPHA_WIDTH = 0.05;
  private static final double BASE_FREQUENCY = 10_000;
  private static final int MOST_DRAWS = 1000;
  private static final int DRAWS_BETWEEN_LOOKS = 5;
  private static final double CONVERGED = 0.99999;
  private static final double LEAST_PROBABILITY = 0.1;
  private static final String UNKNOWN = "unknown";
  private static final long SEED = 0;

  private Languages() {}

  /** The languages that are known: ISO 639-1, Chinese as zh-cn and zh-tw. */
  static List<String> codes() {
    return LanguageProfiles.all().codes();
  }

  /** The most probable language, empty when the text has no letters that tell any. */
  static Optional<String> detect(String text) {
    LanguageProfiles profiles = LanguageProfiles.all();
    List<LanguageProfiles.Gram> grams = new ArrayList<>();
    for (String gram : NGrams.of(text)) {
      profiles.find(gram).ifPresent(grams::add);
    }
    if (grams.isEmpty()) {
      return Optional.empty();
    }
    Random random = new Random(SEED);
    double[] means = new double[profiles.codes().size()];
    for (int trial = 0; trial < TRIALS; trial++) {
      double[] probabilities = trial(grams, means.length, random);
      for (int i = 0; i < means.length; i++) {
        means[i] += probabilities[i] / TRIALS;
      }
    }
    int best = 0;
    for (int i = 1; i < means.length; i++) {
      best = means[i] >= means[best] ? i : best;
    }
    return Optional.of(means[best] > LEAST_PROBABILITY ? profiles.codes().get(best) : UNKNOWN);
  }

  private static double[] trial(List<LanguageProfiles.Gram> grams, int languages, Random random) {
    double[] probabilities = new double[languages];
    Arrays.fill(probabilities, 1.0 / languages);
    double weight = (ALPHA + random.nextGaussian() * ALPHA_WIDTH) / BASE_FREQUENCY;
    for (int draw = 0; ; draw++) {
      grams.get(random.nextInt(grams.size())).update(probabilities, weight);
      if (draw % DRAWS_BETWEEN_LOOKS == 0
          && (normalise(probabilities) > CONVERGED || draw >= MOST_DRAWS)) {
        return probabilities;
      }
    }
  }

  /** Lets the probabilities sum to 1; the greatest one. */
  private static double normalise(double[] probabilities) {
    double sum = Arrays.stream(probabilities).sum();
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] /= sum;
    }
    return Arrays.stream(probabilities).max().orElseThrow();
  }
}
