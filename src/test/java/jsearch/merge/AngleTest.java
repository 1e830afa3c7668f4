package jsearch.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AngleTest {
  private static Angle angle(double product, double baseSquare, double donorSquare) {
    return Angle.of(Interpolation.MERGEKIT, new double[] {product, baseSquare, donorSquare});
  }

  @Test
  void aRightAngleWeighsBySineAndCosine() {
    Angle right = angle(0, 4, 9);
    assertEquals(Math.PI / 2, right.radians(), 1e-15);
    assertEquals(Math.cos(Math.PI / 6), right.weights(1 / 3.0)[0], 1e-15);
    assertEquals(Math.sin(Math.PI / 6), right.weights(1 / 3.0)[1], 1e-15);
  }

  @Test
  void beyondMergekitsThresholdInterpolationIsLinear() {
    assertTrue(angle(0.99951, 1, 1).linear());
    assertFalse(angle(0.9995, 1, 1).linear());
    assertEquals(0.25, angle(0.99951, 1, 1).weights(0.25)[1]);
    assertEquals(0.75, angle(0.99951, 1, 1).weights(0.25)[0]);
  }

  @Test
  void oppositeVectorsAreToldAndInterpolateLinearly() {
    Angle opposite = angle(-2, 1, 4);
    assertTrue(opposite.antiparallel());
    assertTrue(opposite.linear());
    assertEquals(0.5, opposite.weights(0.5)[0]);
  }

  @Test
  void mergekitTakesAVectorOfNormUpTo1eMinus8AsItIs() {
    Angle zero = angle(0, 0, 5);
    assertEquals(Math.PI / 2, zero.radians());
    assertEquals(Math.sin(0.3 * Math.PI / 2), zero.weights(0.3)[1], 1e-15);
    // Norms 1e-9 and 2, parallel: the product is 2e-9, divided by the 2 alone.
    assertEquals(1e-9, angle(2e-9, 1e-18, 4).cosine(), 1e-24);
    assertEquals(1, angle(4e-8, 4e-16, 4).cosine(), 1e-15);
  }

  @Test
  void twoZeroVectorsAreAlike() {
    for (Interpolation rule : Interpolation.values()) {
      Angle zeros = Angle.of(rule, new double[3]);
      assertTrue(zeros.linear());
      assertFalse(zeros.antiparallel());
      assertEquals(0.3, zeros.weights(0.3)[1]);
    }
  }

  @Test
  void thePaperInterpolatesSphericallyAtAnyAngle() {
    Angle close = Angle.of(Interpolation.PAPER, new double[] {Math.cos(0.01), 1, 1});
    assertEquals(Math.sin(0.0025) / Math.sin(0.01), close.weights(0.25)[1], 1e-12);
    Angle same = Angle.of(Interpolation.PAPER, new double[] {4, 4, 4});
    assertFalse(same.linear());
    assertEquals(0.25, same.weights(0.25)[1], 1e-12);
    assertTrue(Angle.of(Interpolation.PAPER, new double[] {0, 0, 5}).linear());
  }

  @Test
  void nuSlerpIsSphericalUntilTheSineVanishes() {
    assertFalse(Angle.nuSlerp(new double[] {Math.cos(0.01), 1, 1}).linear());
    assertTrue(Angle.nuSlerp(new double[] {6, 4, 9}).linear());
    assertTrue(Angle.nuSlerp(new double[] {-6, 4, 9}).linear());
    assertEquals(Math.PI / 2, Angle.nuSlerp(new double[] {0, 0, 5}).radians());
  }

  @Test
  void outsideTheUnitIntervalTheArcGoesOn() {
    Angle right = angle(0, 1, 1);
    assertEquals(Math.cos(0.6 * Math.PI), right.weights(1.2)[0], 1e-15);
    assertEquals(Math.sin(0.6 * Math.PI), right.weights(1.2)[1], 1e-15);
    assertEquals(-0.5, angle(1, 1, 1).weights(1.5)[0]);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -0.9, -0.2, 0, 0.4, 0.99, 1})
  void theEndsAreExactlyZeroAndOne(double cosine) {
    Angle angle = angle(cosine, 1, 1);
    assertEquals(1, angle.weights(0)[0]);
    assertEquals(0, angle.weights(0)[1]);
    assertEquals(0, angle.weights(1)[0]);
    assertEquals(1, angle.weights(1)[1]);
  }

  @Test
  void theAngleStaysInsideItsClip() {
    assertEquals(1e-6, angle(1, 1, 1).radians());
    assertEquals(Math.PI - 1e-6, angle(-1, 1, 1).radians());
  }
}
