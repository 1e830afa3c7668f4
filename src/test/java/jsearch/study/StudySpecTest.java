package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudySpecTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "null",
        "~",
        "1e5",
        "0x1F",
        "017",
        "1_000",
        "12:30",
        "2026-01-02",
        ".inf",
        "a: b",
        "# no comment",
        " led and trailed ",
        "two\nlines",
        "'",
        "\"",
        "\\",
        "- item",
        "{}",
        "[",
        "&a",
        "*a",
        "!t",
        "%d",
        "@at",
        "`",
        "…",
        "tab\tstop",
        "=",
        "<<",
        "C:\\models\\base",
        "\uD83D\uDE00"
      })
  void everyTextIsReadBackExactly(String text) throws IOException {
    Source odd = new Source(text, text);
    StudySpec spec =
        new StudySpec(
            odd,
            odd,
            Optional.of("union"),
            odd,
            odd,
            odd,
            text,
            Long.MIN_VALUE,
            1,
            true,
            new Limits(
                Optional.of(new TimeLimit(Duration.ofMinutes(90))),
                OptionalInt.of(7),
                OptionalDouble.of(0.1)),
            new Compute(text, text, OptionalInt.empty(), OptionalInt.empty(), 3),
            Map.of(text, text));
    SpecFile.write(directory, spec);
    assertEquals(spec, StudySpec.read(directory));
  }

  @Test
  void theFileSaysHowToGoOnAndHowToRepeat() throws IOException {
    SpecFile.write(directory, Examples.SPEC);
    List<String> lines = Files.readAllLines(directory.resolve("study.yaml"));
    assertTrue(lines.get(1).endsWith("jsearch resume " + directory), lines.get(1));
    assertEquals(
        "# Repeat it from the beginning: jsearch --base models/base"
            + " --donor 'models/it'\\''s a donor' --eval evals/x.yaml --space ramp"
            + " --optimizer cmaes --budget 6 --seed 7 --device cpu --dtype float32"
            + " --batch-tokens 2048",
        lines.get(2));
  }

  @Test
  void workersAndLimitsAreInTheFileAndInTheCommand() throws IOException {
    StudySpec plain = Examples.SPEC;
    StudySpec spec =
        new StudySpec(
            plain.base(),
            plain.donor(),
            plain.tokenizerSource(),
            plain.suite(),
            plain.family(),
            plain.baselines(),
            plain.optimizer(),
            plain.seed(),
            plain.budget(),
            plain.race(),
            new Limits(
                Optional.of(TimeLimit.parse("90m")), OptionalInt.of(7), OptionalDouble.of(0.7)),
            new Compute("gpu", "bfloat16", OptionalInt.empty(), OptionalInt.empty(), 3),
            plain.versions());
    SpecFile.write(directory, spec);
    List<String> lines = Files.readAllLines(directory.resolve("study.yaml"));
    assertTrue(
        lines.get(2).endsWith(" --workers 3 --time-limit 1h30m --patience 7 --target 0.7"),
        lines.get(2));
    assertTrue(
        lines.containsAll(
            List.of("limits:", "  time_limit: 1h30m", "  patience: 7", "  target: 0.7")),
        lines.toString());
    assertTrue(lines.contains("  workers: 3"), lines.toString());
    assertEquals(spec, StudySpec.read(directory));
  }

  @Test
  void everyChangeIsNamedWithBothValues() {
    StudySpec then = Examples.SPEC;
    StudySpec now =
        new StudySpec(
            new Source("models/base", "sha256:b1"),
            then.donor(),
            Optional.of("base"),
            then.suite(),
            then.family(),
            then.baselines(),
            then.optimizer(),
            8,
            then.budget(),
            then.race(),
            Limits.NONE.overriddenBy(
                new Limits(Optional.empty(), OptionalInt.of(3), OptionalDouble.empty())),
            new Compute("gpu:0", "float32", OptionalInt.empty(), OptionalInt.of(1024), 2),
            Map.of("jsearch", "0.1.0", "java", "21", "pytorch", "2.7.1"));
    StudyException e =
        assertThrows(StudyException.class, () -> then.requireSame(Path.of("results/demo"), now));
    assertEquals(
        """
        results/demo cannot go on, for what decides its trials has changed since it began:
          base.fingerprint was sha256:b0, is now sha256:b1
          seed was 7, is now 8
          compute.device was cpu, is now gpu:0
          compute.threads was 2, is now not set
          compute.batch_tokens was 2048, is now 1024
          versions.java was 17, is now 21
          tokenizer_source was not set, is now base
          compute.workers was not set, is now 2
        Maybe put back what was there, or take along what still holds into a new study: jsearch resume \
        results/demo --fork NEW-DIR""",
        e.getMessage());
  }

  @Test
  void anotherNumberOfThreadsIsRefusedWithWhatItChanges() {
    StudySpec then = Examples.SPEC;
    Compute compute = then.compute();
    StudySpec now =
        new StudySpec(
            then.base(),
            then.donor(),
            then.tokenizerSource(),
            then.suite(),
            then.family(),
            then.baselines(),
            then.optimizer(),
            then.seed(),
            then.budget(),
            then.race(),
            then.limits(),
            new Compute(
                compute.device(),
                compute.dtype(),
                OptionalInt.of(1),
                compute.batchTokens(),
                compute.workers()),
            then.versions());
    assertEquals(
        List.of("compute.threads was 2, is now 1, which changes last digits"),
        List.copyOf(then.changes(now).values()));
  }

  @Test
  void aDirectoryWithoutSpecIsNoStudy() {
    StudyException e = assertThrows(StudyException.class, () -> StudySpec.read(directory));
    assertTrue(e.getMessage().startsWith(directory.resolve("study.yaml") + " does not exist"));
  }

  @Test
  void aDamagedSpecIsTroubleWithTheStudy() throws IOException {
    SpecFile.write(directory, Examples.SPEC);
    Path file = directory.resolve("study.yaml");
    Files.writeString(file, Files.readString(file).replace("budget: 6", "budget: none"));
    StudyException e = assertThrows(StudyException.class, () -> StudySpec.read(directory));
    assertEquals(file + ": budget is \"none\", expected a whole number.", e.getMessage());
  }

  @Test
  void aFilesFingerprintIsTheSha256OfItsBytes() throws IOException {
    Path file = Files.writeString(directory.resolve("abc"), "abc");
    // FIPS 180-2, appendix B.1
    String digest = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertEquals(new Source("x", digest), Source.ofFile("x", file));
  }

  @Test
  void severalFilesHaveOneFingerprintThatEachOfThemDecides() throws IOException {
    Path first = Files.writeString(directory.resolve("first"), "ab");
    Path second = Files.writeString(directory.resolve("second"), "c");
    Source before = Source.ofFiles("suite", List.of(first, second));
    Files.writeString(first, "a");
    Files.writeString(second, "bc");
    assertNotEquals(before, Source.ofFiles("suite", List.of(first, second)));
  }

  @Test
  void aMissingFileIsTheUsersFault() {
    Path file = directory.resolve("gone.yaml");
    InputException e = assertThrows(InputException.class, () -> Source.ofFile("x", file));
    assertTrue(e.getMessage().startsWith(file + " "), e.getMessage());
  }
}
