package jsearch.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Points of two scores as a small picture of text; a point hides those drawn before it. */
final class Scatter {
  private static final int COLUMNS = 49;
  private static final int ROWS = 13;
  private static final int MARGIN = 8;

  private record Point(double x, double y, char mark) {}

  private final String across;
  private final String up;
  private final List<Point> points = new ArrayList<>();

  /** A picture of scores, which it shows in points (hundredths). */
  Scatter(String across, String up) {
    this.across = across;
    this.up = up;
  }

  void add(double x, double y, char mark) {
    points.add(new Point(x, y, mark));
  }

  /** The picture; least and greatest scores stand at its edges. */
  String text() {
    double left = points.stream().mapToDouble(Point::x).min().orElse(0);
    double right = points.stream().mapToDouble(Point::x).max().orElse(0);
    double low = points.stream().mapToDouble(Point::y).min().orElse(0);
    double high = points.stream().mapToDouble(Point::y).max().orElse(0);
    char[][] cells = new char[ROWS][COLUMNS];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
    for (Point point : points) {
      int row = ROWS - 1 - place(point.y(), low, high, ROWS);
      cells[row][place(point.x(), left, right, COLUMNS)] = point.mark();
    }
    StringBuilder text = new StringBuilder(up).append('\n');
    for (int row = 0; row < ROWS; row++) {
      String label = row == 0 ? points(high) : row == ROWS - 1 ? points(low) : "";
      text.append(" ".repeat(MARGIN - 2 - label.length())).append(label).append(" |");
      text.append(new String(cells[row]).stripTrailing()).append('\n');
    }
    text.append(" ".repeat(MARGIN - 1)).append('+').append("-".repeat(COLUMNS)).append('\n');
    int gap = Math.max(1, COLUMNS - points(left).length() - points(right).length());
    return text.append(" ".repeat(MARGIN))
        .append(points(left))
        .append(" ".repeat(gap))
        .append(points(right))
        .append("  ")
        .append(across)
        .append('\n')
        .toString();
  }

  /** The cell of a value; in the middle where all are the same. */
  private static int place(double value, double least, double greatest, int cells) {
    return least == greatest
        ? cells / 2
        : (int) Math.round((value - least) / (greatest - least) * (cells - 1));
  }

  private static String points(double score) {
    return String.format(Locale.ROOT, "%.1f", 100 * score);
  }
}
