package jsearch.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.checkpoint.Vocabulary;
import jsearch.merge.ParentWeights;
import jsearch.plan.Parents;
import jsearch.torch.Arena;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompatibilityProbeTest {
  private static final int LAYERS = 3;
  private static final int POSITIONS = 30;

  private static Torch torch;

  @TempDir private Path directory;

  @BeforeAll
  static void open() {
    torch = Torch.open("cpu");
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  private static double[][] gaussian(long seed, int rows, int columns) {
    Random random = new Random(seed);
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return matrix;
  }

  private static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  /** Turns by these angles in the planes of neighbouring axes. */
  private static double[][] rotation(double... angles) {
    int size = angles.length + 1;
    double[][] turned = new double[size][size];
    for (int i = 0; i < size; i++) {
      turned[i][i] = 1;
    }
    for (int i = 0; i < angles.length; i++) {
      double[][] plane = new double[size][size];
      for (int j = 0; j < size; j++) {
        plane[j][j] = 1;
      }
      plane[i][i] = Math.cos(angles[i]);
      plane[i + 1][i + 1] = Math.cos(angles[i]);
      plane[i][i + 1] = -Math.sin(angles[i]);
      plane[i + 1][i] = Math.sin(angles[i]);
      turned = times(turned, plane);
    }
    return turned;
  }

  /** HSIC's numerator with linear kernels: tr(K H L H), by n x n Gram matrices. */
  private static double hsic(double[][] x, double[][] y) {
    double[][] k = centred(x);
    double[][] l = centred(y);
    double sum = 0;
    for (int i = 0; i < k.length; i++) {
      for (int j = 0; j < k.length; j++) {
        sum += k[i][j] * l[i][j];
      }
    }
    return sum;
  }

  private static double[][] centred(double[][] x) {
    int n = x.length;
    double[][] gram = new double[n][n];
    double[] rows = new double[n];
    double all = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int d = 0; d < x[0].length; d++) {
          gram[i][j] += x[i][d] * x[j][d];
        }
        rows[i] += gram[i][j] / n;
      }
      all += rows[i] / n;
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram[i][j] += all - rows[i] - rows[j];
      }
    }
    return gram;
  }

  private static double naive(double[][] x, double[][] y) {
    return hsic(x, y) / Math.sqrt(hsic(x, x) * hsic(y, y));
  }

  private static Tensor tensor(Arena arena, double[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return arena.floats(flat, rows.length, rows[0].length);
  }

  private static double similarity(double[][] x, double[][] y) {
    try (Arena arena = torch.arena()) {
      return CompatibilityProbe.similarity(
              torch, List.of(tensor(arena, x)), List.of(tensor(arena, y)))
          .get(0);
    }
  }

  @Test
  void overlapIsWhatBothHaveOverWhatEitherHas() {
    assertOverlap(0.5, 0.5, "a b c", "d b c");
    assertOverlap(0.5, 0.25, "a b c", "c b d");
    assertOverlap(1, 1, "a", "a");
    assertOverlap(1, 0, "a b", "b a");
    assertOverlap(0, 0, "a", "b c");
    assertOverlap(0, 0, "", "");
  }

  /** Of vocabularies whose tokens are numbered in the order given. */
  private static void assertOverlap(double byString, double byId, String base, String donor) {
    assertEquals(
        new Overlap(byString, byId),
        CompatibilityProbe.overlap(vocabulary(base), vocabulary(donor)));
  }

  private static Vocabulary vocabulary(String tokens) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (String token : tokens.isEmpty() ? new String[0] : tokens.split(" ")) {
      ids.put(token, ids.size());
    }
    return new Vocabulary(Path.of("tokenizer.json"), ids, ids.size(), Map.of());
  }

  @Test
  void similarityIsTheCkaOfGramMatricesForEachLayer() {
    double[][] x = gaussian(1, POSITIONS, 5);
    double[][] y = times(x, gaussian(2, 5, 7));
    double[][] z = gaussian(3, POSITIONS, 7);
    try (Arena arena = torch.arena()) {
      List<Double> layers =
          CompatibilityProbe.similarity(
              torch,
              List.of(tensor(arena, x), tensor(arena, y)),
              List.of(tensor(arena, y), tensor(arena, z)));
      assertEquals(2, layers.size());
      assertEquals(naive(x, y), layers.get(0), 1e-6);
      assertEquals(naive(y, z), layers.get(1), 1e-6);
      assertTrue(layers.get(0) > layers.get(1));
    }
  }

  @Test
  void similarityDoesNotSeeTurnsScalesOrShifts() {
    double[][] x = gaussian(4, POSITIONS, 4);
    double[][] y = gaussian(5, POSITIONS, 4);
    double[][] turned = times(x, rotation(0.3, -1.2, 2.5));
    for (double[] row : turned) {
      for (int j = 0; j < row.length; j++) {
        row[j] = 1000 * row[j] + 5 * j;
      }
    }
    assertEquals(1, similarity(x, x), 1e-12);
    assertEquals(1, similarity(x, turned), 1e-6);
    assertEquals(naive(x, y), similarity(turned, y), 1e-6);
  }

  @Test
  void uncorrelatedStatesHaveNoSimilarity() {
    // Orthogonal contrasts of four positions.
    assertEquals(
        0,
        similarity(new double[][] {{1}, {1}, {-1}, {-1}}, new double[][] {{1}, {-1}, {1}, {-1}}));
  }

  @Test
  void anglesOfLayersAndRolesAreMeansByElements() {
    TinyCheckpoint base = new TinyCheckpoint().layers(LAYERS);
    TinyCheckpoint donor = new TinyCheckpoint().layers(LAYERS).donor(9, 0.1);
    double[] sums = new double[LAYERS];
    double[] weights = new double[LAYERS];
    double attentionSum = 0;
    double attentionWeight = 0;
    long parameters = 0;
    for (String name : base.shapes().keySet()) {
      float[] x = base.values(name);
      double angle = angle(x, donor.values(name));
      parameters += x.length;
      if (name.contains(".layers.")) {
        int layer = name.charAt("model.layers.".length()) - '0';
        sums[layer] += angle * x.length;
        weights[layer] += x.length;
      }
      if (name.contains("self_attn")) {
        attentionSum += angle * x.length;
        attentionWeight += x.length;
      }
    }
    Compatibility found = compatibility(base, donor, 0.75, List.of(0.5, 0.25, 0.75));
    double mean = 0;
    for (int layer = 0; layer < LAYERS; layer++) {
      double expected = sums[layer] / weights[layer];
      assertEquals(expected, found.layerAngles().get(layer), 1e-6);
      mean += expected / LAYERS;
    }
    assertEquals(mean, found.angle(), 1e-6);
    assertEquals(
        Set.of("embedding", "head", "mlp", "norm", "self_attn"), found.roleAngles().keySet());
    assertEquals(attentionSum / attentionWeight, found.roleAngles().get("self_attn"), 1e-6);
    assertEquals(
        angle(base.values("lm_head.weight"), donor.values("lm_head.weight")),
        found.roleAngles().get("head"),
        1e-6);
    assertEquals(parameters, found.parameters());
    assertEquals(0.5, found.similarity(), 1e-15);
    assertEquals(0.375 + 0.25 - mean / Math.PI, found.score(), 1e-6);
  }

  @Test
  void identicalParentsFitPerfectly() {
    TinyCheckpoint tiny = new TinyCheckpoint().layers(LAYERS);
    Compatibility found = compatibility(tiny, tiny, 1, List.of(1.0, 1.0, 1.0));
    assertEquals(1, found.score(), 1e-6);
    found.layerAngles().forEach(angle -> assertEquals(0, angle, 1e-5));
  }

  private Compatibility compatibility(
      TinyCheckpoint base, TinyCheckpoint donor, double overlap, List<Double> similarity) {
    Parents parents =
        Parents.of(
            Checkpoint.open(base.write(directory.resolve("base"))),
            Checkpoint.open(donor.write(directory.resolve("donor"))));
    try (ParentWeights weights = new ParentWeights(torch, parents)) {
      return CompatibilityProbe.of(new Overlap(overlap, overlap), similarity, weights, LAYERS);
    }
  }

  private static double angle(float[] x, float[] y) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < x.length; i++) {
      product += (double) x[i] * y[i];
      first += (double) x[i] * x[i];
      second += (double) y[i] * y[i];
    }
    return Math.acos(product / Math.sqrt(first * second));
  }
}
