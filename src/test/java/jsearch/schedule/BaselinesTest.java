package jsearch.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselinesTest {
  private static final List<Baseline> SHIPPED =
      Baselines.load(Path.of("search-spaces/baselines.yaml"));

  @Test
  void theShippedBaselinesComeInTheFilesOrder() {
    assertEquals(
        List.of("global-0.5", "global-0.65", "global-0.7", "Q/H", "R", "L", "S", "symmetric", "V"),
        SHIPPED.stream().map(Baseline::name).toList());
  }

  @Test
  void theGlobalOnesAreTheFirstThree() {
    assertEquals(
        List.of("global-0.5", "global-0.65", "global-0.7"),
        SHIPPED.stream().filter(Baseline::global).map(Baseline::name).toList());
  }

  @Test
  void aMalformedBaselineIsToldByFileAndName(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, "mine: [0, 2]\n");
    InputException e = assertThrows(InputException.class, () -> Baselines.load(file));
    assertTrue(e.getMessage().contains("mine.yaml: mine[1] is 2, expected"), e.getMessage());
  }
}
