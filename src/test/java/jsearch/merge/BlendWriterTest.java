package jsearch.merge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TensorName;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.InputException;
import jsearch.plan.Blend;
import jsearch.plan.Input;
import jsearch.plan.Mix;
import jsearch.plan.Span;
import jsearch.torch.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlendWriterTest {
  private static final String EMBEDDING = "model.embed_tokens.weight";
  private static final int ROWS = 264;
  private static final int WIDTH = 16;

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

  private TensorInfo parent(int seed, DType dtype) {
    Path place = directory.resolve("parent" + seed + dtype);
    TinyCheckpoint parent = new TinyCheckpoint().layers(1).seed(seed).dtype(dtype);
    return Checkpoint.open(parent.write(place)).tensor(EMBEDDING);
  }

  private static Blend blend(DType stored, List<Input> inputs, Mix mix) {
    return new Blend(
        new TensorName(EMBEDDING), List.of((long) ROWS, (long) WIDTH), stored, stored, inputs, mix);
  }

  /** The tensor as it stands on disk after it was carried out. */
  private TensorInfo written(Blend blend) throws IOException {
    Path out = Files.createTempDirectory(directory, "out");
    Files.copy(directory.resolve("parent1F32/config.json"), out.resolve("config.json"));
    new BlendWriter(torch, List.of(blend), Interpolation.MERGEKIT)
        .write(out, Long.MAX_VALUE, Monitors.SILENT);
    return Checkpoint.open(out).tensor(EMBEDDING);
  }

  private double[] values(Blend blend) throws IOException {
    return Naive.read(written(blend));
  }

  @Test
  void rowsOfSeveralFilesAndFormatsBecomeOneTensor() throws IOException {
    TensorInfo wide = parent(1, DType.F32);
    TensorInfo narrow = parent(2, DType.BF16);
    List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
    Collections.shuffle(order, new Random(3));
    double[] first = Naive.read(wide);
    double[] second = Naive.read(narrow);
    double[] expected = new double[ROWS * WIDTH];
    List<Span> spans = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      int from = order.get(row) * WIDTH;
      switch (row % 3) {
        case 0 -> spans.add(Span.zeros(WIDTH));
        case 1 -> spans.add(new Span(Optional.of(wide), from, WIDTH));
        default -> spans.add(new Span(Optional.of(narrow), from, WIDTH));
      }
      for (int i = 0; i < WIDTH; i++) {
        expected[row * WIDTH + i] = row % 3 == 0 ? 0 : (row % 3 == 1 ? first : second)[from + i];
      }
    }
    for (DType format : List.of(DType.F32, DType.BF16, DType.F64)) {
      Input input = new Input(spans, format);
      assertArrayEquals(
          expected, values(blend(format, List.of(input), new Mix.Sum(List.of(1.0), false))));
    }
  }

  @ParameterizedTest
  @CsvSource({"F16, F16, 1e6", "F16, F32, 1e6", "F32, F16, 1e6", "F32, F32, 1e39"})
  void numbersBeyondTheFormatAreRefused(DType rounded, DType stored, double weight)
      throws IOException {
    TensorInfo source = parent(1, DType.F32);
    Input input = Input.of(source);
    Mix mix = new Mix.Sum(List.of(weight), false);
    Blend blend = new Blend(source.name(), source.shape(), rounded, stored, List.of(input), mix);
    InputException e = assertThrows(InputException.class, () -> written(blend));
    DType narrower = rounded == DType.F16 ? rounded : stored;
    assertTrue(e.getMessage().contains("has numbers beyond " + narrower), e.getMessage());
  }

  @Test
  void aPassthroughIsACopyOfTheBytes() throws IOException {
    TensorInfo source = parent(1, DType.F32);
    Blend blend = blend(DType.F32, List.of(Input.of(source)), new Mix.Sum(List.of(1.0), false));
    assertArrayEquals(Naive.read(source), Naive.read(written(blend)));
  }

  @Test
  void anInputIsRoundedToANarrowerFormatBeforeItIsMixed() throws IOException {
    TensorInfo source = parent(1, DType.F32);
    parent(1, DType.F32);
    // 1/256 steps up to 1: exact in BF16. Times 3 needs more digits and rounds at the end alone.
    Blend blend =
        blend(
            DType.F32,
            List.of(Input.of(source).in(DType.BF16), Input.of(source)),
            new Mix.Sum(List.of(1.0, 2.0), false));
    double[] expected = Naive.read(source);
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= 3;
    }
    assertArrayEquals(expected, values(blend));
  }

  @ParameterizedTest
  @CsvSource({"0.3", "1.4", "-0.25"})
  void nuSlerpTurnsBetweenTheDifferencesToTheOrigin(double t) throws IOException {
    TensorInfo base = parent(1, DType.F32);
    TensorInfo donor = parent(2, DType.F32);
    TensorInfo origin = parent(3, DType.F32);
    double[] o = Naive.read(origin);
    double[] x = Naive.read(base);
    double[] y = Naive.read(donor);
    for (int i = 0; i < o.length; i++) {
      x[i] -= o[i];
      y[i] -= o[i];
    }
    double[] turned = Naive.slerp(x, y, t);
    double[] actual =
        values(
            blend(
                DType.F32,
                List.of(Input.of(base), Input.of(donor), Input.of(origin)),
                new Mix.NuSlerp(t)));
    for (int i = 0; i < o.length; i++) {
      assertEquals(o[i] + turned[i], actual[i], 1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"SLERP, 1.5", "SLERP, -0.5", "NUSLERP, 0.4"})
  void outsideTheUnitIntervalTheArcGoesOn(String mix, double t) throws IOException {
    TensorInfo base = parent(1, DType.F32);
    TensorInfo donor = parent(2, DType.F32);
    double[] expected = Naive.slerp(Naive.read(base), Naive.read(donor), t);
    Mix how = mix.equals("SLERP") ? new Mix.Slerp(t) : new Mix.NuSlerp(t);
    double[] actual = values(blend(DType.F32, List.of(Input.of(base), Input.of(donor)), how));
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-6);
    }
  }

  @Test
  void aFullDiskIsTold() throws IOException {
    TensorInfo source = parent(1, DType.F32);
    Path out = Files.createDirectory(directory.resolve("full"));
    // Linux's device that takes no byte.
    Files.createSymbolicLink(out.resolve("model.safetensors.tmp"), Path.of("/dev/full"));
    Blend blend = blend(DType.F32, List.of(Input.of(source)), new Mix.Sum(List.of(1.0), false));
    BlendWriter writer = new BlendWriter(torch, List.of(blend), Interpolation.MERGEKIT);
    IOException e =
        assertThrows(IOException.class, () -> writer.write(out, Long.MAX_VALUE, Monitors.SILENT));
    assertTrue(e.getMessage().contains("No space left"), e.getMessage());
    try (var left = Files.list(out)) {
      assertEquals(0, left.count());
    }
  }
}
