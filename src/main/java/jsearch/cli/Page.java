package jsearch.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * A report as standard output shows it: heads of tables bold, a win green, prose wrapped.
 *
 * <p>Elsewhere than on a terminal it is the report itself.
 */
final class Page {
  private static final String RULE = "-{3,}\\n?";
  private static final String WIN = "Better than ";

  private final Surface surface;

  Page(Surface surface) {
    this.surface = surface;
  }

  /** A report of this command. */
  static String of(CommandLine line, String report) {
    return new Page(JSearch.screen(line.getCommandSpec()).out()).text(report);
  }

  String text(String report) {
    List<String> lines = report.lines().toList();
    List<String> shown = new ArrayList<>();
    boolean table = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean head = i + 1 < lines.size() && lines.get(i + 1).matches(RULE);
      table = head || table && !line.isBlank();
      shown.add(head ? surface.styled("bold", line) : table ? line : prose(line));
    }
    return String.join("\n", shown) + (report.endsWith("\n") ? "\n" : "");
  }

  private String prose(String line) {
    String wrapped = line.startsWith(" ") ? line : surface.wrapped(line);
    return line.startsWith(WIN) ? surface.styled("fg(green)", wrapped) : wrapped;
  }
}
