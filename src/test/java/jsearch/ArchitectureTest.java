package jsearch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the design's table: stage order, no cycles, one home for each library. */
class ArchitectureTest {
  /** Upstream first: a stage uses only stages to its left. */
  private static final List<String> STAGES =
      List.of(
          "document",
          "python",
          "template",
          "checkpoint",
          "hub",
          "schedule",
          "plan",
          "torch",
          "merge",
          "model",
          "instruction",
          "task",
          "eval",
          "compat",
          "optimize",
          "study",
          "run",
          "report",
          "cli");

  /** Library packages and the stages that may use them. */
  private static final Map<String, List<String>> HOMES =
      Map.of(
          "com.fasterxml.jackson..", List.of("document"),
          "org.apache.parquet..", List.of("document"),
          "com.ezylang..", List.of("schedule"),
          "ai.djl.huggingface..", List.of("model"),
          "io.jenetics..", List.of("optimize"),
          // CMA-ES and random streams in optimize; Python's random numbers; in eval Student's t
          // alone.
          "org.apache.commons.math3..", List.of("optimize", "python", "eval"),
          "picocli..", List.of("cli"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("jsearch");

  static Stream<String> stages() {
    return STAGES.stream();
  }

  static Stream<Map.Entry<String, List<String>>> homes() {
    return HOMES.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("stages")
  void aStageUsesOnlyStagesAboveIt(String stage) {
    String[] below =
        STAGES.subList(STAGES.indexOf(stage) + 1, STAGES.size()).stream()
            .map(s -> "jsearch." + s + "..")
            .toArray(String[]::new);
    if (below.length > 0) {
      noClasses()
          .that()
          .resideInAPackage("jsearch." + stage + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(below)
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void everyClassBelongsToAStage() {
    String[] known = STAGES.stream().map(s -> "jsearch." + s + "..").toArray(String[]::new);
    com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes()
        .should()
        .resideInAnyPackage(known)
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("jsearch.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("homes")
  void aLibraryHasOneHome(Map.Entry<String, List<String>> home) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            home.getValue().stream().map(s -> "jsearch." + s + "..").toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(home.getKey())
        .check(CLASSES);
  }

  @Test
  void djlOutsideItsTokenizersIsTouchedByTorchAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("jsearch.torch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "ai.djl",
            "ai.djl.engine..",
            "ai.djl.ndarray..",
            "ai.djl.pytorch..",
            "ai.djl.nn..",
            "ai.djl.inference..",
            "ai.djl.repository..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineUsesStandardStreamsAndExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage("jsearch.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(CLASSES);
  }
}
