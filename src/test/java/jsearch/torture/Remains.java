package jsearch.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.document.Document;

/** The files of two finished studies side by side. */
final class Remains {
  /**
   * Those that hold times or process numbers; of these the journal and the summary are compared
   * without.
   */
  private static final List<String> WITH_TIMES =
      List.of("journal.log", "summary.json", "study.lock", "search.log");

  private Remains() {}

  /** The files that differ from the undisturbed study's, are missing or are left over. */
  static List<String> differences(Path study, Path undisturbed) throws IOException {
    TreeSet<String> names = names(study);
    names.addAll(names(undisturbed));
    List<String> differing = new ArrayList<>();
    for (String name : names) {
      Path mine = study.resolve(name);
      Path theirs = undisturbed.resolve(name);
      if (!Files.exists(mine)) {
        differing.add(name + " is missing");
      } else if (!Files.exists(theirs)) {
        differing.add(name + " is left over");
      } else if (!same(name, mine, theirs)) {
        differing.add(name + " differs");
      }
    }
    return differing;
  }

  private static boolean same(String name, Path mine, Path theirs) throws IOException {
    if (name.equals("summary.json")) {
      return summary(mine).equals(summary(theirs));
    }
    return WITH_TIMES.contains(name)
        || Arrays.equals(Files.readAllBytes(mine), Files.readAllBytes(theirs));
  }

  private static Map<String, Object> summary(Path file) {
    Map<String, Object> summary = new LinkedHashMap<>();
    Document.json(file).entries().forEach((name, value) -> summary.put(name, value.value()));
    summary.remove("seconds");
    summary.remove("timing");
    return summary;
  }

  private static TreeSet<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
