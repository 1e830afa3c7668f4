package jsearch.merge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;

/** The slow and obvious way to do what the merge stage does, in double precision. */
final class Naive {
  private Naive() {}

  /** θ(t) of the design's method, element by element. */
  static double[] slerp(double[] base, double[] donor, double t) {
    double dot = 0;
    double baseSquare = 0;
    double donorSquare = 0;
    for (int i = 0; i < base.length; i++) {
      dot += base[i] * donor[i];
      baseSquare += base[i] * base[i];
      donorSquare += donor[i] * donor[i];
    }
    double cosine = dot / Math.sqrt(baseSquare * donorSquare);
    double a = 1 - t;
    double b = t;
    if (Math.abs(cosine) <= 0.9995) {
      double omega = Math.acos(cosine);
      a = Math.sin((1 - t) * omega) / Math.sin(omega);
      b = Math.sin(t * omega) / Math.sin(omega);
    }
    double[] merged = new double[base.length];
    for (int i = 0; i < base.length; i++) {
      merged[i] = a * base[i] + b * donor[i];
    }
    return merged;
  }

  /** The numbers of a tensor in a file, read byte by byte. */
  static double[] read(TensorInfo info) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(info.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(info.file(), StandardOpenOption.READ)) {
      channel.read(bytes, info.offset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    double[] values = new double[Math.toIntExact(info.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (info.dtype()) {
            case F64 -> bytes.getDouble(8 * i);
            case F32 -> bytes.getFloat(4 * i);
            case F16 -> half(bytes.getShort(2 * i));
            case BF16 -> Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
          };
    }
    return values;
  }

  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0x1f) {
      return fraction != 0
          ? Double.NaN
          : bits < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double size =
        exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.pow(2, exponent - 25);
    return bits < 0 ? -size : size;
  }

  /** Distance of two numbers of a format to its neighbour: one unit in the last place. */
  static double ulp(double value, DType dtype) {
    int digits =
        switch (dtype) {
          case F64 -> 53;
          case F32 -> 24;
          case F16 -> 11;
          case BF16 -> 8;
        };
    int least = dtype == DType.F16 ? -14 : -126;
    int exponent = value == 0 ? least : Math.max(least, Math.getExponent(value));
    return Math.pow(2, exponent - digits + 1);
  }

  /** The number of a format that is nearest, of two the even one; infinite beyond the largest. */
  static double round(double value, DType dtype) {
    double step = ulp(value, dtype);
    double rounded = Math.rint(value / step) * step;
    double limit =
        switch (dtype) {
          case F64 -> Double.POSITIVE_INFINITY;
          case F32, BF16 -> 0x1p128;
          case F16 -> 0x1p16;
        };
    return Math.abs(rounded) < limit ? rounded : Math.copySign(Double.POSITIVE_INFINITY, value);
  }
}
