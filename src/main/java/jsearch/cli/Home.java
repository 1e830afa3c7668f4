package jsearch.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jsearch.document.InputException;
import jsearch.document.Nearest;
import jsearch.document.Neighbours;
import jsearch.run.Places;

/** Where jsearch itself lies: its search spaces, suites and the bundled pair. */
final class Home {
  private static final String YAML = ".yaml";
  private static final Path DIRECTORY = Path.of(System.getProperty("jsearch.home", "."));

  private Home() {}

  /** How studies name files. */
  static Places places() {
    return new Places(DIRECTORY);
  }

  static Path bundledBase() {
    return DIRECTORY.resolve("src/demo/calculator");
  }

  static Path bundledDonor() {
    return DIRECTORY.resolve("src/demo/polyglot");
  }

  static Path bundledSuite() {
    return DIRECTORY.resolve("evals/demo.yaml");
  }

  /**
   * A suite, task or group by its file, or by the name of a bundled one.
   *
   * @param nameOrFile null for the bundled pair's suite
   */
  static Path suite(Path nameOrFile) {
    return nameOrFile == null ? bundledSuite() : named("--eval", nameOrFile.toString(), "evals");
  }

  static Path baselines() {
    return DIRECTORY.resolve("search-spaces/baselines.yaml");
  }

  /** A search space by its name or its file. */
  static Path space(String nameOrFile) {
    return named("--space", nameOrFile, "search-spaces");
  }

  /** What is bundled under a name comes first, then files here, then files from home. */
  private static Path named(String option, String nameOrFile, String folder) {
    Path bundled = DIRECTORY.resolve(folder);
    Path named = bundled.resolve(nameOrFile + YAML);
    if (!nameOrFile.contains("/") && Files.exists(named)) {
      return named;
    }
    return Stream.of(Path.of(nameOrFile), DIRECTORY.resolve(nameOrFile))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> missing(option, nameOrFile, bundled));
  }

  private static InputException missing(String option, String nameOrFile, Path bundled) {
    List<String> names =
        Neighbours.names(
                bundled, file -> file.toString().endsWith(YAML) && !file.equals(baselines()))
            .stream()
            .map(name -> name.substring(0, name.length() - YAML.length()))
            .toList();
    String hint = Nearest.hint(nameOrFile, names);
    if (hint.isEmpty()) {
      hint = Neighbours.hint(Path.of(nameOrFile));
    }
    if (hint.isEmpty()) {
      hint = Neighbours.hint(DIRECTORY.resolve(nameOrFile));
    }
    return new InputException(
        "%s is %s, expected a file or a name in %s: %s.%s"
            .formatted(option, nameOrFile, bundled, Neighbours.listed(names), hint));
  }
}
