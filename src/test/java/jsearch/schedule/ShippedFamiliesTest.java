package jsearch.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import jsearch.checkpoint.TensorName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedFamiliesTest {
  private static final Family RAMP = Family.load(Path.of("search-spaces/ramp.yaml"));
  private static final Family V_CURVE = Family.load(Path.of("search-spaces/v-curve.yaml"));
  private static final List<Baseline> BASELINES =
      Baselines.load(Path.of("search-spaces/baselines.yaml"));

  /** Equal but for the last bit: both sides round a line between two values. */
  private static final double ROUNDING = 0x1p-53;

  private static Schedule baseline(String name, int layers) {
    return BASELINES.stream()
        .filter(baseline -> baseline.name().equals(name))
        .findFirst()
        .orElseThrow()
        .schedule(layers);
  }

  private static void assertSame(Schedule expected, Schedule found, double tolerance) {
    for (TensorName name : Tensors.all(expected.layers())) {
      assertEquals(expected.t(name), found.t(name), tolerance, name.text());
    }
  }

  /** bend = 0.5 in the unit cube is bend = 0. */
  private static void assertRampContains(String name, double... point) {
    List<Double> unit = Arrays.stream(point).boxed().toList();
    for (int layers : List.of(1, 2, 3, 5, 8, 30)) {
      assertSame(baseline(name, layers), RAMP.schedule(unit, layers), ROUNDING);
    }
  }

  @Test
  void rampContainsTheQTemplate() {
    assertRampContains("Q/H", 0, 1, 1, 0, 0.5, 0.5);
  }

  @Test
  void rampContainsTheRTemplate() {
    assertRampContains("R", 1, 0, 0, 1, 0.5, 0.5);
  }

  @Test
  void rampContainsTheLTemplate() {
    assertRampContains("L", 0, 0.4, 0, 0.6, 0.2, 0.5);
  }

  @Test
  void rampContainsTheSymmetricTemplate() {
    assertRampContains("symmetric", 0, 1, 1, 0, 0.65, 0.5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.65, 0.7, 1.0 / 3, 1})
  void everyFamilyContainsEveryGlobalSlerpBitForBit(double t) {
    for (Family family : List.of(RAMP, V_CURVE)) {
      for (double last : List.of(0.0, 0.77, 1.0)) {
        for (int layers : List.of(1, 2, 11)) {
          assertSame(
              Schedule.global(layers, t), family.schedule(List.of(t, t, t, t, t, last), layers), 0);
        }
      }
    }
  }

  @Test
  void everyFamilysCentreIsGlobalSlerpHalfway() {
    for (Family family : List.of(RAMP, V_CURVE)) {
      assertEquals(6, family.scalars().size());
      assertSame(Schedule.global(12, 0.5), family.schedule(family.centre(), 12), 0);
    }
  }

  @Test
  void rampsAreExactlyDepthWhereBendIsAtItsCentre() {
    Schedule schedule = RAMP.schedule(List.of(0.0, 1.0, 1.0, 0.0, 0.5, 0.5), 30);
    for (int layer = 0; layer < 30; layer++) {
      assertEquals(layer / 29.0, schedule.t(Tensors.attention(layer)));
    }
  }

  @Test
  void bendKeepsTheEndsAndTheOrderOfLayers() {
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      double start = random.nextDouble();
      double end = start + (1 - start) * random.nextDouble();
      List<Double> point = List.of(start, end, end, start, 0.5, random.nextDouble());
      Schedule schedule = RAMP.schedule(point, 11);
      assertEquals(start, schedule.t(Tensors.attention(0)));
      assertEquals(end, schedule.t(Tensors.attention(10)));
      assertEquals(end, schedule.t(Tensors.mlp(0)));
      assertEquals(start, schedule.t(Tensors.mlp(10)));
      for (int layer = 1; layer < 11; layer++) {
        assertTrue(schedule.t(Tensors.attention(layer)) > schedule.t(Tensors.attention(layer - 1)));
        assertTrue(schedule.t(Tensors.mlp(layer)) < schedule.t(Tensors.mlp(layer - 1)));
      }
    }
  }

  @Test
  void bendSaysWhatComesHalfway() {
    // Unit 0 and 1 are bend -0.8 and 0.8: halfway the ramp stands at (1 + bend)/2 = 0.1 and 0.9.
    for (int side = 0; side <= 1; side++) {
      List<Double> point = List.of(0.0, 1.0, 0.0, 1.0, 0.5, (double) side);
      double t = RAMP.schedule(point, 3).t(Tensors.attention(1));
      assertEquals(side == 0 ? 0.1 : 0.9, t, 1e-15);
    }
  }

  @Test
  void vCurveMeetsItsEdgesAndItsMiddle() {
    // pivot = 0.2 + 0.6 u = 0.25 at u = 1/12: the middle is layer 2 of 9.
    Schedule schedule = V_CURVE.schedule(List.of(0.1, 0.9, 0.8, 0.2, 0.3, 1.0 / 12), 9);
    double[] attention = {0.1, 0.5, 0.9, 0.9 - 0.8 / 6, 0.9 - 1.6 / 6, 0.5, 0.9 - 3.2 / 6};
    double[] mlp = {0.8, 0.5, 0.2, 0.3, 0.4, 0.5, 0.6};
    for (int layer = 0; layer < attention.length; layer++) {
      assertEquals(attention[layer], schedule.t(Tensors.attention(layer)), 1e-14);
      assertEquals(mlp[layer], schedule.t(Tensors.mlp(layer)), 1e-14);
    }
    assertEquals(0.1, schedule.t(Tensors.attention(8)));
    assertEquals(0.8, schedule.t(Tensors.mlp(8)));
    assertEquals(0.3, schedule.t(Tensors.norm(4)));
    assertEquals(0.3, schedule.t(Tensors.EMBEDDING));
  }

  @Test
  void vCurveFollowsTheVBaselineInAttentionAndMlp() {
    for (int layers : List.of(1, 2, 5, 8, 30)) {
      Schedule schedule = V_CURVE.schedule(List.of(0.0, 1.0, 0.0, 1.0, 0.0, 0.5), layers);
      Schedule expected = baseline("V", layers);
      for (int layer = 0; layer < layers; layer++) {
        assertEquals(
            expected.t(Tensors.attention(layer)), schedule.t(Tensors.attention(layer)), 1e-15);
        assertEquals(expected.t(Tensors.mlp(layer)), schedule.t(Tensors.mlp(layer)), 1e-15);
      }
      assertEquals(expected.t(Tensors.EMBEDDING), schedule.t(Tensors.EMBEDDING));
    }
  }
}
