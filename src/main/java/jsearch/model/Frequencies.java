package jsearch.model;

/** Formulas of rotary frequencies, in float32 where transformers computes in float32. */
final class Frequencies {
  private Frequencies() {}

  /** {@code theta^(-2i/rotated)} (RoFormer, eq. 15). */
  static float[] plain(double theta, int rotated) {
    float[] frequencies = new float[(rotated + 1) / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = 1f / power(theta, i, rotated);
    }
    return frequencies;
  }

  private static float power(double theta, int i, int rotated) {
    return (float) Math.pow(theta, 2f * i / rotated);
  }

  /** All positions pressed together (Chen et al., 2023: position interpolation). */
  static float[] linear(float[] plain, double factor) {
    float[] frequencies = plain.clone();
    for (int i = 0; i < plain.length; i++) {
      frequencies[i] /= (float) factor;
    }
    return frequencies;
  }

  /** Each frequency divided by a factor of its own (Ding et al., 2024: LongRoPE). */
  static float[] divided(double theta, int rotated, double[] factors) {
    float[] frequencies = new float[factors.length];
    for (int i = 0; i < factors.length; i++) {
      frequencies[i] = 1f / ((float) factors[i] * power(theta, i, rotated));
    }
    return frequencies;
  }

  /**
   * Llama 3.1: long waves pressed together by a factor, short ones kept, those between blended.
   *
   * @param low waves longer than {@code original / low} are long
   * @param high waves shorter than {@code original / high} are short
   */
  static float[] llama3(float[] plain, double factor, double low, double high, double original) {
    float[] frequencies = plain.clone();
    for (int i = 0; i < plain.length; i++) {
      double wave = 2 * Math.PI / plain[i];
      if (wave > original / low) {
        frequencies[i] = (float) (plain[i] / factor);
      } else if (wave >= original / high) {
        double kept = (original / wave - low) / (high - low);
        frequencies[i] = (float) ((1 - kept) * plain[i] / factor + kept * plain[i]);
      }
    }
    return frequencies;
  }

  /**
   * YaRN (Peng et al., 2023, eqs. 19 to 23): as {@link #llama3}, with a ramp over the indices.
   *
   * @param first index up to which frequencies are kept
   * @param last index from which on they are pressed together
   */
  static float[] yarn(float[] plain, double factor, double first, double last) {
    double width = first == last ? 0.001 : last - first;
    float[] frequencies = new float[plain.length];
    for (int i = 0; i < plain.length; i++) {
      double pressed = Math.min(1, Math.max(0, (i - first) / width));
      frequencies[i] = (float) (plain[i] / factor * pressed + plain[i] * (1 - pressed));
    }
    return frequencies;
  }

  /** The index whose wave turns so often within a length (YaRN, eq. 17 solved for the index). */
  static double turning(double turns, double theta, int rotated, double length) {
    return rotated * Math.log(length / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
  }
}
