package jsearch.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells as text: columns as wide as their widest cell, two spaces apart. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** The table's lines, the first row underlined. */
  String text() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int c = 0; c < row.size(); c++) {
        if (c == widths.size()) {
          widths.add(0);
        }
        widths.set(c, Math.max(widths.get(c), row.get(c).length()));
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      String line = line(rows.get(r), widths);
      text.append(line).append('\n');
      if (r == 0) {
        text.append("-".repeat(widths.stream().mapToInt(w -> w + 2).sum() - 2)).append('\n');
      }
    }
    return text.toString();
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < row.size(); c++) {
      line.append(row.get(c)).append(" ".repeat(widths.get(c) + 2 - row.get(c).length()));
    }
    return line.toString().stripTrailing();
  }
}
