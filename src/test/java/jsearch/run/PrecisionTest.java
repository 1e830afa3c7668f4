package jsearch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.InputException;
import jsearch.optimize.Algorithm;
import jsearch.study.StudyException;
import jsearch.study.StudySpec;
import jsearch.study.Trial;
import jsearch.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({"auto, F32", "float32, F32", "bfloat16, BF16", "float16, F16"})
  void onTheCpuAutoIsFloat32WhateverTheCheckpointHas(String name, DType format) {
    for (DType own : DType.values()) {
      Path directory = temp.resolve(own.name());
      new TinyCheckpoint().dtype(own).write(directory);
      try (Torch torch = Torch.open("cpu")) {
        assertEquals(format, Precision.named(name).format(torch, Checkpoint.open(directory)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fp32, float32",
    "float, float32",
    "bf16, bfloat16",
    "fp16, float16",
    "half, float16",
    "bfloat16, bfloat16"
  })
  void shortNamesMeanTheLongOnes(String name, String recorded) {
    assertEquals(recorded, Precision.named(name).toString());
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThatAreKnown() {
    InputException e = assertThrows(InputException.class, () -> Precision.named("F32"));
    assertEquals(
        "Dtype is F32, expected one of: auto, float32, bfloat16, float16.", e.getMessage());
  }

  private Session create(TinyPair pair, Precision precision) {
    SearchRequest plain = pair.request(Algorithm.RANDOM, 1);
    SearchRequest request =
        TinyPair.with(plain, plain.tokens(), new Arithmetic("cpu", precision, OptionalInt.empty()));
    return Session.create(request, () -> study(precision), CLOCK, new Places(temp));
  }

  private Path study(Precision precision) {
    return temp.resolve("study-" + precision);
  }

  /** The mean log-likelihood of the base's right answers. */
  private static double baseLikelihood(Session session) {
    Trial base = session.study().trials().get(0);
    return (double) base.attributes().get("mean_log_likelihood");
  }

  @Test
  void aStudyRecordsItsFormatAndGoesOnInIt() {
    TinyPair pair = TinyPair.write(temp);
    double exact;
    try (Session session = create(pair, Precision.FLOAT32)) {
      session.run((trial, finished, total, replayed) -> {}, () -> false);
      exact = baseLikelihood(session);
    }
    for (Precision rounded : List.of(Precision.BFLOAT16, Precision.FLOAT16)) {
      create(pair, rounded).close();
      assertEquals(
          rounded.toString(), StudySpec.read(study(rounded)).compute().dtype(), "as recorded");
      try (Session resumed = Session.resume(study(rounded), CLOCK, new Places(temp))) {
        resumed.run((trial, finished, total, replayed) -> {}, () -> false);
        double off = Math.abs(baseLikelihood(resumed) - exact);
        // Two significant digits are left of bfloat16, three of float16.
        double close = rounded == Precision.BFLOAT16 ? 1e-2 : 1e-3;
        assertTrue(off > 0 && off < close * Math.abs(exact), rounded + ": " + off);
      }
    }
  }

  @Test
  void aStudyGoesOnWithTheBatchesThatItBeganWith() throws Exception {
    create(TinyPair.write(temp), Precision.FLOAT32).close();
    Path file = study(Precision.FLOAT32).resolve("study.yaml");
    String begun = Files.readString(file);
    int recorded = StudySpec.read(study(Precision.FLOAT32)).compute().batchTokens().orElseThrow();
    Files.writeString(file, begun.replace("batch_tokens: " + recorded, "batch_tokens: 17"));
    try (Session resumed = Session.resume(study(Precision.FLOAT32), CLOCK, new Places(temp))) {
      assertEquals(17, resumed.workbench().batchTokens());
    }
  }

  @Test
  void aStudyOfAFormatThatThereIsNotCannotGoOn() throws Exception {
    create(TinyPair.write(temp), Precision.FLOAT32).close();
    Path file = study(Precision.FLOAT32).resolve("study.yaml");
    Files.writeString(file, Files.readString(file).replace("dtype: float32", "dtype: float8"));
    StudyException e =
        assertThrows(
            StudyException.class,
            () -> Session.resume(study(Precision.FLOAT32), CLOCK, new Places(temp)));
    assertEquals(
        "The study's compute is damaged: Dtype is float8, expected one of: auto, float32, bfloat16,"
            + " float16.",
        e.getMessage());
  }
}
