package jsearch.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import jsearch.document.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The suites in {@code evals/} whose data is committed. */
class SuiteFilesTest {
  @ParameterizedTest
  @ValueSource(strings = {"arc", "bbh", "demo", "gsm8k", "hellaswag", "ifeval", "safety"})
  void suitesFitTheCommittedItems(String name) {
    Path file = Path.of("evals", name + ".yaml");
    Suite suite = Suite.read(file);
    assertEquals(name, suite.name());
    assertTrue(Document.readText(file).startsWith("# "));
  }
}
