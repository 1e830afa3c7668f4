package jsearch.model;

/**
 * A table of rotary positions: position p turns the pair i of a head by p times frequency i.
 *
 * @param frequencies float32, as transformers has them; half as many as rotated numbers of a head
 * @param factor what cos and sin are multiplied by
 * @param reach text length beyond which the frequencies are others; 0 for never
 * @param beyond those others; empty when they grow with the length
 * @param growth the factor by which the base grows with a length beyond reach (dynamic NTK), else 0
 */
record Rope(float[] frequencies, double factor, int reach, float[] beyond, double growth) {

  /** The same frequencies for texts of any length. */
  static Rope constant(float[] frequencies, double factor) {
    return new Rope(frequencies, factor, 0, new float[0], 0);
  }

  /** Frequencies whose base grows with the length of a text that is longer than {@code reach}. */
  static Rope growing(float[] frequencies, int reach, double growth) {
    return new Rope(frequencies, 1, reach, new float[0], growth);
  }

  /** Other frequencies for the whole of a text that is longer than {@code reach}. */
  static Rope switching(float[] frequencies, float[] beyond, int reach, double factor) {
    return new Rope(frequencies, factor, reach, beyond, 0);
  }
}
