package jsearch.schedule;

/**
 * Where a tensor stands among the layers that a list of numbers spreads over.
 *
 * @param layer its layer, counted from the first of them
 * @param layers their number
 */
public record Position(int layer, int layers) {
  /**
   * Where a list gives its first value; of tensors outside layers too, which is mergekit's rule.
   */
  public static final Position FIRST = new Position(0, 2);

  public Position {
    if (layer < 0 || layer >= layers) {
      throw new IllegalArgumentException("layer %d of %d".formatted(layer, layers));
    }
  }
}
