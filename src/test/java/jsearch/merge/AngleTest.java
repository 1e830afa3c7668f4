package jsearch.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AngleTest {
  @Test
  void aRightAngleWeighsBySineAndCosine() {
    Angle right = Angle.of(0, 4, 9);
    assertEquals(Math.PI / 2, right.radians(), 1e-15);
    assertEquals(Math.cos(Math.PI / 6), right.baseWeight(1 / 3.0), 1e-15);
    assertEquals(Math.sin(Math.PI / 6), right.donorWeight(1 / 3.0), 1e-15);
  }

  @Test
  void beyondMergekitsThresholdInterpolationIsLinear() {
    assertTrue(Angle.of(0.99951, 1, 1).linear());
    assertFalse(Angle.of(0.9995, 1, 1).linear());
    assertEquals(0.25, Angle.of(0.99951, 1, 1).donorWeight(0.25));
    assertEquals(0.75, Angle.of(0.99951, 1, 1).baseWeight(0.25));
  }

  @Test
  void oppositeVectorsAreToldAndInterpolateLinearly() {
    Angle opposite = Angle.of(-2, 1, 4);
    assertTrue(opposite.antiparallel());
    assertTrue(opposite.linear());
    assertEquals(0.5, opposite.baseWeight(0.5));
  }

  @Test
  void aZeroVectorInterpolatesLinearly() {
    Angle zero = Angle.of(0, 0, 5);
    assertTrue(zero.linear());
    assertFalse(zero.antiparallel());
    assertEquals(0.3, zero.donorWeight(0.3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -0.9, -0.2, 0, 0.4, 0.99, 1})
  void theEndsAreExactlyZeroAndOne(double cosine) {
    Angle angle = Angle.of(cosine, 1, 1);
    assertEquals(1, angle.baseWeight(0));
    assertEquals(0, angle.donorWeight(0));
    assertEquals(0, angle.baseWeight(1));
    assertEquals(1, angle.donorWeight(1));
  }

  @Test
  void theAngleStaysInsideItsClip() {
    assertEquals(1e-6, Angle.of(1, 1, 1).radians());
    assertEquals(Math.PI - 1e-6, Angle.of(-1, 1, 1).radians());
  }
}
