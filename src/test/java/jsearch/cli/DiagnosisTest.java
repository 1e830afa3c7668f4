package jsearch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosisTest {
  @TempDir Path temp;

  private Finding find(String what, Map<String, String> environment) throws IOException {
    return find(what, environment, temp.resolve("nothing"));
  }

  private Finding find(String what, Map<String, String> environment, Path driver) {
    return new Diagnosis(environment, temp, temp, driver)
        .findings().stream()
            .filter(finding -> finding.what().equals(what))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void everyPartIsFoundInOrder() {
    List<Finding> findings = new Diagnosis(Map.of(), temp, temp, temp).findings();
    assertEquals(
        List.of(
            "jsearch",
            "java",
            "libtorch",
            "cpu",
            "gpu",
            "memory",
            "here",
            "temporary",
            "hub cache",
            "hub"),
        findings.stream().map(Finding::what).toList());
    assertTrue(findings.get(2).found().startsWith("2.7.1 in "), findings.get(2).found());
  }

  @Test
  void aGpuThatThisLibtorchCannotUseIsAWarning() throws IOException {
    assertEquals(Finding.Level.OK, find("gpu", Map.of()).level());
    Path driver = Files.createFile(temp.resolve("version"));
    Finding finding = find("gpu", Map.of(), driver);
    assertEquals(Finding.Level.WARNING, finding.level());
    assertTrue(finding.advice().orElseThrow().contains("src/cuda/README.md"));
  }

  @Test
  void theHubsCacheIsCounted() throws IOException {
    Map<String, String> environment = Map.of("HF_HUB_CACHE", temp.resolve("hub").toString());
    assertEquals(
        temp.resolve("hub") + ", made by the first download",
        find("hub cache", environment).found());
    Files.createDirectories(temp.resolve("hub/models--org--name"));
    Files.createDirectories(temp.resolve("hub/.locks"));
    assertEquals(temp.resolve("hub") + ", 1 models", find("hub cache", environment).found());
  }

  @Test
  void aVariableThatCannotBeUsedIsAProblem() throws IOException {
    Finding finding = find("hub", Map.of("HF_ENDPOINT", "nonsense"));
    assertEquals(Finding.Level.PROBLEM, finding.level());
    assertTrue(finding.found().startsWith("HF_ENDPOINT is nonsense"), finding.found());
    assertTrue(finding.text().startsWith("BAD   hub "), finding.text());
  }

  @Test
  void aTokenIsNotShown() throws IOException {
    Finding finding = find("hub", Map.of("HF_TOKEN", "hf_secret", "HF_HUB_OFFLINE", "1"));
    assertEquals("https://huggingface.co, offline (HF_HUB_OFFLINE), with a token", finding.found());
  }

  @Test
  void aPlaceThatIsNotThereIsAProblem() {
    Path gone = temp.resolve("gone");
    Finding finding =
        new Diagnosis(Map.of(), temp, gone, temp)
            .findings().stream().filter(f -> f.what().equals("here")).findFirst().orElseThrow();
    assertEquals(Finding.Level.PROBLEM, finding.level());
  }
}
