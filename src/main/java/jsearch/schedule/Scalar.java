package jsearch.schedule;

/**
 * A number that a search turns: its name in expressions, its range and where a search starts.
 *
 * @param low the least value, at 0 of the unit cube
 * @param high the greatest value, at 1 of the unit cube
 * @param centre the neutral value, in natural units, from low to high
 */
public record Scalar(String name, double low, double high, double centre) {
  public Scalar {
    if (!(Double.isFinite(low) && Double.isFinite(high) && low < high)) {
      throw new IllegalArgumentException("%s ranges from %s to %s".formatted(name, low, high));
    }
    if (!(centre >= low && centre <= high)) {
      throw new IllegalArgumentException(
          "%s has its centre %s outside [%s, %s]".formatted(name, centre, low, high));
    }
  }

  /** From the unit interval to natural units; exact at both ends. */
  double value(double unit) {
    return (1 - unit) * low + unit * high;
  }

  /** The centre in the unit interval. */
  double unitCentre() {
    return (centre - low) / (high - low);
  }
}
