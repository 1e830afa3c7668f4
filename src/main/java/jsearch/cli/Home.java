package jsearch.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import jsearch.document.InputException;
import jsearch.run.Places;

/** Where jsearch itself lies: its search spaces, suites and the bundled pair. */
final class Home {
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

  static Path baselines() {
    return DIRECTORY.resolve("search-spaces/baselines.yaml");
  }

  /** A search space by its name or its file. */
  static Path space(String nameOrFile) {
    Path named = DIRECTORY.resolve("search-spaces").resolve(nameOrFile + ".yaml");
    Path file = Path.of(nameOrFile);
    if (!nameOrFile.contains("/") && Files.exists(named)) {
      return named;
    }
    if (Files.exists(file)) {
      return file;
    }
    throw new InputException(
        "--space is %s, expected a file or a name in %s."
            .formatted(nameOrFile, DIRECTORY.resolve("search-spaces")));
  }
}
