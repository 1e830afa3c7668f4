package jsearch.report;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A curve in characters: one column a value, higher values above.
 *
 * @param values from left to right, finite, at least one
 * @param low the value of the lowest row
 * @param high the value of the highest row, above {@code low}
 * @param scale what labels multiply values by
 */
record Plot(List<Double> values, double low, double high, double scale) {
  /** The most columns that fit a terminal of 80 characters beside the labels. */
  static final int WIDTH = 64;

  private static final int HEIGHT = 6;

  Plot {
    values = List.copyOf(values);
    if (values.isEmpty() || values.size() > WIDTH) {
      throw new IllegalArgumentException("%d values for a plot".formatted(values.size()));
    }
    if (!(low < high)) {
      throw new IllegalArgumentException("a plot from %s to %s".formatted(low, high));
    }
  }

  /** A plot from the least to the greatest of these values, which may all be the same. */
  static Plot fitting(List<Double> values, double scale) {
    double low = Collections.min(values);
    double high = Collections.max(values);
    return low < high
        ? new Plot(values, low, high, scale)
        : new Plot(values, low - 0.5 / scale, high + 0.5 / scale, scale);
  }

  /** At most {@link #WIDTH} of these values, evenly spaced, the first and the last among them. */
  static List<Double> thinned(List<Double> values) {
    if (values.size() <= WIDTH) {
      return values;
    }
    return IntStream.range(0, WIDTH)
        .mapToObj(i -> values.get((int) Math.round(i * (values.size() - 1.0) / (WIDTH - 1))))
        .toList();
  }

  /** The rows, the highest first, with an axis below that names its two ends. */
  String text(String left, String right) {
    StringBuilder text = new StringBuilder();
    for (int row = HEIGHT - 1; row >= 0; row--) {
      double label = low + (high - low) * row / (HEIGHT - 1);
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%6.1f |", scale * label));
      for (double value : values) {
        line.append(row(value) == row ? '*' : ' ');
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    int gap = Math.max(1, values.size() - left.length() - right.length());
    return text.append(" ".repeat(7))
        .append('+')
        .append("-".repeat(values.size()))
        .append('\n')
        .append(" ".repeat(8))
        .append(left)
        .append(" ".repeat(gap))
        .append(right)
        .append('\n')
        .toString();
  }

  private int row(double value) {
    return (int) Math.round((HEIGHT - 1) * (value - low) / (high - low));
  }
}
