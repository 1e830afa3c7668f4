package jsearch.merge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.InputException;
import jsearch.plan.Blend;
import jsearch.plan.Parents;
import jsearch.schedule.Schedule;
import jsearch.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CandidateWeightsTest {
  private static final int LAYERS = 3;

  @TempDir private Path directory;

  private Parents parents(DType base, DType donor) {
    return Parents.of(
        Checkpoint.open(
            new TinyCheckpoint().layers(LAYERS).dtype(base).write(directory.resolve("base"))),
        Checkpoint.open(
            new TinyCheckpoint()
                .layers(LAYERS)
                .dtype(donor)
                .donor(3, 0.08)
                .write(directory.resolve("donor"))));
  }

  private static float[] floats(CandidateWeights candidate, Blend pair) {
    return candidate.weights().get(pair.name().text()).floats();
  }

  private static Schedule steep() {
    return new Schedule(
        LAYERS,
        List.of(
            new Schedule.Rule("self_attn", List.of(0.1, 0.5, 0.85)),
            new Schedule.Rule(Schedule.ANY, List.of(0.9, 0.4, 0.25))));
  }

  @ParameterizedTest
  @CsvSource({"F32,F32", "BF16,BF16", "F16,F16", "BF16,F32", "F32,F16", "F64,BF16"})
  void everyElementIsTheNaiveSlerpWithinHalfAUnitOfTheBasesFormat(DType base, DType donor) {
    Parents parents = parents(base, donor);
    try (Torch torch = Torch.open("cpu");
        ParentWeights weights = new ParentWeights(torch, parents)) {
      CandidateWeights candidate = weights.candidate(DType.F32);
      candidate.write(steep());
      for (Blend pair : weights.blends()) {
        double[] expected =
            Naive.slerp(
                Naive.read(parents.base().tensorOrTied(pair.name())),
                Naive.read(parents.donor().tensorOrTied(pair.name())),
                steep().t(pair.name()));
        float[] actual = floats(candidate, pair);
        for (int i = 0; i < expected.length; i++) {
          // Half a unit for the one rounding, and what float32 arithmetic adds before it.
          double bound =
              0.5 * Naive.ulp(expected[i], base == DType.F64 ? DType.F32 : base)
                  + 2 * Math.ulp(1f) * 2;
          assertEquals(expected[i], actual[i], bound, pair.name().text() + " " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void endsOfTheScheduleAreTheParentsBitForBit(DType dtype) {
    Parents parents = parents(dtype, dtype);
    try (Torch torch = Torch.open("cpu");
        ParentWeights weights = new ParentWeights(torch, parents)) {
      CandidateWeights candidate = weights.candidate(DType.F32);
      for (double t : new double[] {0, 1}) {
        candidate.write(Schedule.global(LAYERS, t));
        for (Blend pair : weights.blends()) {
          double[] expected =
              Naive.read((t == 0 ? parents.base() : parents.donor()).tensorOrTied(pair.name()));
          float[] actual = floats(candidate, pair);
          for (int i = 0; i < expected.length; i++) {
            assertEquals(
                Float.floatToIntBits((float) expected[i]), Float.floatToIntBits(actual[i]));
          }
        }
      }
    }
  }

  @Test
  void halfwayIsEquallyFarFromBothParents() {
    Parents parents = parents(DType.F32, DType.F32);
    try (Torch torch = Torch.open("cpu");
        ParentWeights weights = new ParentWeights(torch, parents)) {
      CandidateWeights candidate = weights.candidate(DType.F32);
      candidate.write(Schedule.global(LAYERS, 0.5));
      for (int i = 0; i < weights.blends().size(); i++) {
        if (weights.angles().get(i).linear()) {
          continue;
        }
        Blend pair = weights.blends().get(i);
        float[] middle = floats(candidate, pair);
        double half = weights.angles().get(i).radians() / 2;
        double ratio =
            norm(Naive.read(parents.donor().tensorOrTied(pair.name())))
                / norm(Naive.read(parents.base().tensorOrTied(pair.name())));
        // With unnormalised originals the direction is exactly halfway only for equal norms.
        double tolerance = 0.02 + Math.abs(1 - ratio);
        assertEquals(
            half, angle(middle, Naive.read(parents.base().tensorOrTied(pair.name()))), tolerance);
        assertEquals(
            half, angle(middle, Naive.read(parents.donor().tensorOrTied(pair.name()))), tolerance);
      }
    }
  }

  private static double norm(double[] x) {
    double square = 0;
    for (double v : x) {
      square += v * v;
    }
    return Math.sqrt(square);
  }

  private static double angle(float[] x, double[] y) {
    double dot = 0;
    double xSquare = 0;
    for (int i = 0; i < x.length; i++) {
      dot += x[i] * y[i];
      xSquare += (double) x[i] * x[i];
    }
    return Math.acos(Math.min(1, dot / Math.sqrt(xSquare) / norm(y)));
  }

  @Test
  void nothingOfTheLastCandidateRemains() {
    Parents parents = parents(DType.BF16, DType.BF16);
    try (Torch torch = Torch.open("cpu");
        ParentWeights weights = new ParentWeights(torch, parents)) {
      CandidateWeights fresh = weights.candidate(DType.F32);
      fresh.write(steep());
      CandidateWeights used = weights.candidate(DType.F32);
      used.write(Schedule.global(LAYERS, 0.77));
      used.write(steep());
      for (Blend pair : weights.blends()) {
        assertArrayEquals(floats(fresh, pair), floats(used, pair));
      }
    }
  }

  @Test
  void anInfiniteWeightIsRefusedByItsTensorsName() throws IOException {
    Parents parents = parents(DType.BF16, DType.BF16);
    TensorInfo victim = parents.donor().tensor("model.layers.1.mlp.up_proj.weight");
    try (FileChannel channel = FileChannel.open(victim.file(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) 0x80, 0x7f}), victim.offset() + 10);
    }
    try (Torch torch = Torch.open("cpu")) {
      InputException e =
          assertThrows(InputException.class, () -> new ParentWeights(torch, parents));
      assertTrue(e.getMessage().contains("model.layers.1.mlp.up_proj.weight"), e.getMessage());
      assertTrue(e.getMessage().contains(victim.file().toString()), e.getMessage());
    }
  }
}
