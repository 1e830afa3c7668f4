package jsearch.eval;

/** A confidence interval; both ends are inside. */
public record Interval(double low, double high) {
  /** Whether the value lies inside. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
