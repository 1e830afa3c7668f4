package jsearch.merge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorName;
import jsearch.document.InputException;
import jsearch.torch.Arena;
import jsearch.torch.Storage;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KernelTest {
  private static final TensorName NAME = new TensorName("x");

  private static Torch torch;

  private Arena arena;
  private Storage storage;
  private Kernel kernel;

  @BeforeAll
  static void open() {
    torch = Torch.open("cpu");
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  @BeforeEach
  void begin() {
    arena = torch.arena();
    storage = new Storage(torch);
    kernel = new Kernel(torch, arena);
  }

  @AfterEach
  void end() {
    arena.close();
  }

  private static float[] gaussian(int seed, int count, double scale) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return values;
  }

  private Tensor tensor(float[] values, DType format) {
    return storage.to(arena, arena.floats(values, values.length), format);
  }

  /** What the tensor holds, whatever its format of up to 32 bits. */
  private float[] held(Tensor tensor) {
    return storage.to(arena, tensor, DType.F32).floats();
  }

  /** Sums with the errors of every addition carried along (Neumaier 1974). */
  private static double[] naive(float[] x, float[] y) {
    double[] sums = new double[3];
    double[] lost = new double[3];
    for (int i = 0; i < x.length; i++) {
      double[] terms = {(double) x[i] * y[i], (double) x[i] * x[i], (double) y[i] * y[i]};
      for (int k = 0; k < 3; k++) {
        double next = sums[k] + terms[k];
        lost[k] +=
            Math.abs(sums[k]) >= Math.abs(terms[k])
                ? sums[k] - next + terms[k]
                : terms[k] - next + sums[k];
        sums[k] = next;
      }
    }
    return new double[] {sums[0] + lost[0], sums[1] + lost[1], sums[2] + lost[2]};
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 1, 1", "F32, 65535, 0.02", "F16, 65537, 3", "BF16, 200003, 0.02",
    // Squares beyond float32, above and below.
    "F32, 70000, 3e37", "BF16, 70000, 3e37", "F32, 70000, 1e-30", "BF16, 1048577, 1e-30",
  })
  void productsAreThoseOfANaiveLoop(DType format, int count, double scale) {
    Tensor x = tensor(gaussian(1, count, scale), format);
    Tensor y = tensor(gaussian(2, count, scale), format);
    double[] expected = naive(held(x), held(y));
    double[] actual = Kernel.total(NAME, List.of(kernel.products(List.of(x, y), count)));
    double norms = Math.sqrt(expected[1] * expected[2]);
    assertEquals(expected[0] / norms, actual[0] / norms, 1e-14);
    assertEquals(1, actual[1] / expected[1], 1e-14);
    assertEquals(1, actual[2] / expected[2], 1e-14);
  }

  @Test
  void aConstantTensorDoesNotDrift() {
    int count = 3 * Kernel.GRAIN + 11;
    float[] values = new float[count];
    Arrays.fill(values, 0.1f);
    Tensor x = tensor(values, DType.F32);
    double square = (double) 0.1f * 0.1f * count;
    double[] sums = Kernel.total(NAME, List.of(kernel.products(List.of(x, x), count)));
    assertArrayEquals(new double[] {square, square, square}, sums, square * 1e-13);
  }

  @Test
  void partsOfAGrainSumToTheBitsOfTheWhole() {
    int count = 2 * Kernel.GRAIN + 70_001;
    float[] x = gaussian(3, count, 0.02);
    float[] y = gaussian(4, count, 0.02);
    double[] whole = kernel.products(List.of(tensor(x, DType.BF16), tensor(y, DType.BF16)), count);
    List<double[]> parts =
        Stream.of(0, 1, 2)
            .map(
                part -> {
                  int first = part * Kernel.GRAIN;
                  int size = Math.min(Kernel.GRAIN, count - first);
                  return kernel.products(
                      Stream.of(x, y)
                          .map(v -> Arrays.copyOfRange(v, first, first + size))
                          .map(v -> tensor(v, DType.BF16))
                          .toList(),
                      size);
                })
            .toList();
    assertArrayEquals(Kernel.total(NAME, List.of(whole)), Kernel.total(NAME, parts));
  }

  @Test
  void anOriginIsSubtractedFromBoth() {
    float[] x = gaussian(5, 1000, 1);
    float[] y = gaussian(6, 1000, 1);
    float[] origin = gaussian(7, 1000, 1);
    double[] expected = new double[3];
    for (int i = 0; i < 1000; i++) {
      double a = (double) x[i] - origin[i];
      double b = (double) y[i] - origin[i];
      expected[0] += a * b;
      expected[1] += a * a;
      expected[2] += b * b;
    }
    List<Tensor> inputs = Stream.of(x, y, origin).map(values -> tensor(values, DType.F32)).toList();
    assertArrayEquals(expected, Kernel.total(NAME, List.of(kernel.products(inputs, 1000))), 1e-11);
  }

  @Test
  void squaresBeyondADoubleAreRefused() {
    InputException e =
        assertThrows(
            InputException.class,
            () -> Kernel.total(NAME, List.of(new double[] {1, Double.POSITIVE_INFINITY, 1})));
    assertEquals(
        "Tensor x has weights whose squares are beyond a double, expected them below 1e150.",
        e.getMessage());
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void aSumIsRoundedOnceToTheFormatAskedFor(DType format) {
    int count = 66_000;
    double[] weights = {0.3, -1.25, 0.45};
    float[][] values = new float[3][];
    for (int k = 0; k < 3; k++) {
      values[k] = held(tensor(gaussian(k, count, 1), DType.BF16));
    }
    List<Tensor> inputs = Stream.of(values).map(v -> tensor(v, DType.BF16)).toList();
    Tensor out = storage.empty(arena, count, format);
    DType arithmetic = Kernel.arithmetic(Stream.of(format));
    kernel.blend(out, format, inputs, weights, 1, arithmetic, format, count);
    double[] actual = storage.to(arena, out, DType.F64).doubles();
    for (int i = 0; i < count; i++) {
      double expected = 0;
      for (int k = 0; k < 3; k++) {
        expected += weights[k] * values[k][i];
      }
      double arithmeticError = format == DType.F64 ? 1e-15 : 1e-6;
      assertEquals(expected, actual[i], 0.5 * Naive.ulp(expected, format) + arithmeticError);
    }
  }

  @Test
  void roundingToANarrowFormatShowsInAWideOne() {
    Tensor x = tensor(new float[] {1, 1}, DType.F32);
    Tensor y = tensor(new float[] {0x1p-8f, 0x3p-9f}, DType.F32);
    Tensor out = storage.empty(arena, 2, DType.F32);
    kernel.blend(out, DType.F32, List.of(x, y), new double[] {1, 1}, 1, DType.F32, DType.BF16, 2);
    // 1 + 2^-8 is a tie that goes to the even 1; 1 + 1.5 * 2^-8 goes up to 1 + 2^-7.
    assertArrayEquals(new float[] {1, 1 + 0x1p-7f}, out.floats());
  }

  @Test
  void oneInputOfWeightOneIsCopiedWithItsNegativeZeros() {
    float[] values = {-0.0f, 1.5f, -3};
    Tensor x = tensor(values, DType.F16);
    Tensor y = tensor(gaussian(1, 3, 1), DType.F16);
    Tensor out = storage.empty(arena, 3, DType.F16);
    kernel.blend(out, DType.F16, List.of(y, x), new double[] {0, 1}, 1, DType.F32, DType.F16, 3);
    assertArrayEquals(values, held(out));
    assertEquals(Integer.MIN_VALUE, Float.floatToRawIntBits(held(out)[0]));
  }

  @Test
  void theSumIsDividedAsAWhole() {
    // Thirds are not exact, but this sum and its quotient are.
    float[] values = {3, 5.5f, 16_777_213};
    Tensor x = tensor(values, DType.F32);
    Tensor out = tensor(new float[3], DType.F32);
    kernel.blend(out, DType.F32, List.of(x, x), new double[] {2, 1}, 3, DType.F32, DType.F32, 2);
    assertArrayEquals(new float[] {3, 5.5f, 0}, out.floats());
  }

  @Test
  void noWeightLeavesZerosOfTheInputsSigns() {
    Tensor out = tensor(new float[] {7, 7}, DType.F32);
    Tensor x = tensor(new float[] {1, -2}, DType.F32);
    kernel.blend(out, DType.F32, List.of(x), new double[] {0}, 1, DType.F32, DType.F32, 2);
    assertArrayEquals(new int[] {0, Integer.MIN_VALUE}, bits(out));
  }

  private static int[] bits(Tensor tensor) {
    float[] values = tensor.floats();
    return IntStream.range(0, values.length).map(i -> Float.floatToRawIntBits(values[i])).toArray();
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void theFirstElementThatIsNotFiniteIsFound(DType format) {
    float[] values = gaussian(1, 1000, 1);
    values[700] = Float.NEGATIVE_INFINITY;
    values[800] = Float.NaN;
    Tensor tensor = tensor(values, format);
    assertEquals(OptionalLong.of(700), kernel.notFinite(tensor, 1000));
    assertEquals(OptionalLong.empty(), kernel.notFinite(tensor, 700));
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "BF16"})
  void hugeWeightsAreFinite(DType format) {
    float[] values = new float[1000];
    Arrays.fill(values, 3e38f);
    assertEquals(OptionalLong.empty(), kernel.notFinite(tensor(values, format), 1000));
  }
}
