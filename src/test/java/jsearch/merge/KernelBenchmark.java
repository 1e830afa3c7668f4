package jsearch.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jsearch.checkpoint.DType;
import jsearch.torch.Arena;
import jsearch.torch.Storage;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The merge's two passes in GB/s, on all cores, beside a plain copy of the same arrays.
 *
 * <p>An operation is a byte that must be moved, so operations per nanosecond are GB/s. Arrays are
 * bfloat16, 100 MB together, in parts as the merge has them. Run by {@code mvn -P benchmark
 * test-compile exec:exec}; {@code mvn verify} only compiles it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class KernelBenchmark {
  private static final int PARTS = 16;
  private static final int PART_BYTES = 2 * Kernel.GRAIN;
  private static final double[] WEIGHTS = {0.3, 0.75};

  private final ThreadLocal<Kernel> kernels = ThreadLocal.withInitial(this::kernel);
  private Torch torch;
  private Arena arena;
  private List<Tensor> base;
  private List<Tensor> donor;
  private List<Tensor> out;

  private Kernel kernel() {
    return new Kernel(torch, arena);
  }

  @Setup
  public void open() {
    torch = Torch.open("cpu");
    torch.splitThreads();
    arena = torch.arena();
    base = parts(1);
    donor = parts(2);
    out = parts(3);
  }

  private List<Tensor> parts(int seed) {
    Random random = new Random(seed);
    Storage storage = new Storage(torch);
    List<Tensor> parts = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      float[] values = new float[Kernel.GRAIN];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat() - 0.5f;
      }
      try (Arena wide = torch.arena()) {
        Tensor tensor = storage.empty(arena, values.length, DType.BF16);
        storage.convert(wide.floats(values, values.length), tensor, 0, values.length);
        parts.add(tensor);
      }
    }
    return parts;
  }

  @TearDown
  public void close() {
    arena.close();
    torch.close();
  }

  private void each(int parts, Consumer<Integer> task) {
    torch.each(IntStream.range(0, parts).boxed().toList(), task);
  }

  /** One read and one write; 24 parts, so that it moves as much as {@link #blend}. */
  @Benchmark
  @OperationsPerInvocation(3 * PARTS * PART_BYTES)
  public void copy() {
    each(
        PARTS * 3 / 2,
        part -> {
          List<Tensor> source = part < PARTS ? base : donor;
          out.get(part % PARTS).memory().put(source.get(part % PARTS).memory());
        });
  }

  /** Two reads and one write. */
  @Benchmark
  @OperationsPerInvocation(3 * PARTS * PART_BYTES)
  public void blend() {
    each(
        PARTS,
        part ->
            kernels
                .get()
                .blend(
                    out.get(part),
                    DType.BF16,
                    inputs(part),
                    WEIGHTS,
                    1,
                    DType.F32,
                    DType.BF16,
                    Kernel.GRAIN));
  }

  /** Two reads. */
  @Benchmark
  @OperationsPerInvocation(2 * PARTS * PART_BYTES)
  public void products() {
    each(PARTS, part -> kernels.get().products(inputs(part), Kernel.GRAIN));
  }

  private List<Tensor> inputs(int part) {
    return Stream.of(base, donor).map(tensors -> tensors.get(part)).toList();
  }
}
