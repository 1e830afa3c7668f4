package jsearch.study;

/**
 * A scalar of the family in its natural unit, with the range it was searched in.
 *
 * @param name as the family calls it
 * @param value in [low, high]
 * @param low the least value, finite
 * @param high the greatest value, finite
 */
public record Param(String name, double value, double low, double high) {
  public Param {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a parameter needs a name");
    }
    if (!Double.isFinite(low) || !Double.isFinite(high) || !(low <= value && value <= high)) {
      throw new IllegalArgumentException(
          "%s is %s, expected a value from %s to %s".formatted(name, value, low, high));
    }
  }
}
