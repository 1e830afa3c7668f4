package jsearch.merge;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import jsearch.checkpoint.DType;
import jsearch.document.InputException;
import jsearch.plan.Blend;
import jsearch.plan.Input;
import jsearch.plan.Mix;
import jsearch.torch.Tensor;

/** A tensor of the merge in the making: what was read of it and what it sums to. */
final class Assembly {
  /** Elements of a part. */
  static final long PART = Kernel.GRAIN;

  private static final double LARGEST_HALF = 65_504;

  private final int entry;
  private final Blend blend;
  private final List<InputReader> inputs;
  private final DType arithmetic;
  private final Buffers.Buffer[][] buffers;
  private final double[][] sums;
  private final AtomicInteger unread;
  private final AtomicInteger unblended;
  private final long bytes;
  private final double divisor;
  private double[] weights;
  private boolean mayOverflow = true;

  /**
   * An assembly of which nothing is read yet.
   *
   * @param entry position of the tensor in the plan
   */
  Assembly(int entry, Blend blend) {
    this.entry = entry;
    this.blend = blend;
    inputs = blend.inputs().stream().map(InputReader::new).toList();
    arithmetic =
        Kernel.arithmetic(
            Stream.concat(blend.inputs().stream().map(Input::format), Stream.of(blend.rounded())));
    int parts = Math.toIntExact((blend.elements() + PART - 1) / PART);
    buffers = new Buffers.Buffer[parts][];
    sums = new double[parts][];
    unread = new AtomicInteger(parts);
    unblended = new AtomicInteger(parts);
    if (blend.mix() instanceof Mix.Sum sum) {
      weights = sum.weights().stream().mapToDouble(Double::doubleValue).toArray();
      divisor = sum.normalized() ? Kernel.sum(weights, arithmetic) : 1;
      bytes = 0;
    } else {
      divisor = 1;
      bytes = inputs.stream().mapToLong(input -> parts * PART * input.held().bytes()).sum();
    }
  }

  Blend blend() {
    return blend;
  }

  int parts() {
    return buffers.length;
  }

  /** Bytes of memory that it takes until it is whole; none where parts need not wait for others. */
  long bytes() {
    return bytes;
  }

  /**
   * Reads a part of every input and measures it.
   *
   * @return whether it was the last part to be read
   * @throws InputException when a weight is NaN or infinite; names the tensor
   */
  boolean read(int part, Tools tools, Kernel kernel) {
    Buffers.Buffer[] own = new Buffers.Buffer[inputs.size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = tools.buffers().take(inputs.get(i).held());
      inputs.get(i).read(tools.sources(), tools.buffers(), part * PART, count(part), own[i]);
    }
    buffers[part] = own;
    if (!streamed()) {
      sums[part] = kernel.products(tensors(part), count(part));
    }
    if (streamed() || !finite(sums[part])) {
      requireFinite(part, kernel);
    }
    return unread.decrementAndGet() == 0;
  }

  private static boolean finite(double[] sums) {
    return Arrays.stream(sums).allMatch(Double::isFinite);
  }

  private void requireFinite(int part, Kernel kernel) {
    for (int i = 0; i < inputs.size(); i++) {
      OptionalLong found = kernel.notFinite(buffers[part][i].tensor(), count(part));
      if (found.isPresent()) {
        throw inputs.get(i).source(part * PART + found.getAsLong()).orElseThrow().notFinite();
      }
    }
  }

  /** The angle between the inputs, once all parts are read; it decides their weights. */
  Angle measure(Interpolation rule) {
    double[] total = Kernel.total(blend.name(), Arrays.asList(sums));
    Angle angle = blend.mix() instanceof Mix.NuSlerp ? Angle.nuSlerp(total) : Angle.of(rule, total);
    weights =
        angle.weights(
            blend.mix() instanceof Mix.NuSlerp nuslerp
                ? nuslerp.t()
                : ((Mix.Slerp) blend.mix()).t());
    if (inputs.size() == 3) {
      // o + a(x - o) + b(y - o)
      weights = new double[] {weights[0], weights[1], 1 - weights[0] - weights[1]};
    }
    mayOverflow = mayOverflow(total);
    return angle;
  }

  /** Whether a part can be blended as soon as it is read: no angle over the whole is needed. */
  boolean streamed() {
    return blend.mix() instanceof Mix.Sum;
  }

  /**
   * Blends a part that was read, once the weights are known, writes it and frees its memory.
   *
   * @return whether it was the last part
   */
  boolean blend(int part, Tools tools, Kernel kernel) throws IOException {
    long count = count(part);
    Buffers.Buffer out = tools.buffers().take(blend.stored());
    kernel.blend(
        out.tensor(),
        blend.stored(),
        tensors(part),
        weights,
        divisor,
        arithmetic,
        blend.rounded(),
        count);
    requireRange(out.tensor(), count, kernel);
    tools.writer().write(entry, part * PART * blend.stored().bytes(), out.bytes(0, count));
    tools.buffers().give(out);
    for (Buffers.Buffer buffer : buffers[part]) {
      tools.buffers().give(buffer);
    }
    buffers[part] = null;
    return unblended.decrementAndGet() == 0;
  }

  /** Refuses numbers beyond the format: float16 ends at 65504, and weights may be any numbers. */
  private void requireRange(Tensor out, long count, Kernel kernel) {
    if (mayOverflow && kernel.notFinite(out, count).isPresent()) {
      throw new InputException(
          """
          Tensor %s of the merge has numbers beyond %s, expected them to fit.
          Maybe choose another out_dtype, such as bfloat16, or smaller weights."""
              .formatted(blend.name().text(), half() ? DType.F16 : blend.stored()));
    }
  }

  private boolean half() {
    return blend.rounded() == DType.F16 || blend.stored() == DType.F16;
  }

  /** No element is longer than its tensor, so most merges need not be looked through. */
  private boolean mayOverflow(double[] sums) {
    double longest =
        Math.abs(weights[0]) * Math.sqrt(sums[1]) + Math.abs(weights[1]) * Math.sqrt(sums[2]);
    return inputs.size() == 3 || !(longest < (half() ? LARGEST_HALF : Float.MAX_VALUE) / 2);
  }

  /** Elements of a part. */
  long count(int part) {
    return Math.min(PART, blend.elements() - part * PART);
  }

  private List<Tensor> tensors(int part) {
    return Arrays.stream(buffers[part]).map(Buffers.Buffer::tensor).toList();
  }
}
