package jsearch.torch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes an object with attributes as libtorch reads it: Python's pickle, protocol 2. */
final class Pickle {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Pickle() {}

  /**
   * The pickle of {@code CLASS.__new__()} with these attributes as its state.
   *
   * @param attributes values are Integer, Long, Double, Boolean, String, or a list of Integer or of
   *     Double
   * @throws IllegalArgumentException for a value of another class
   */
  static byte[] object(String className, Map<String, Object> attributes) {
    Pickle pickle = new Pickle();
    pickle.bytes.writeBytes(new byte[] {(byte) 0x80, 2});
    pickle.global("__torch__", className);
    pickle.write(")\u0081}");
    attributes.forEach(
        (name, value) -> {
          pickle.string(name);
          pickle.value(value);
          pickle.write("s");
        });
    pickle.write("b.");
    return pickle.bytes.toByteArray();
  }

  private void value(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      whole(((Number) value).longValue());
    } else if (value instanceof Double number) {
      write("G");
      bytes.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
    } else if (value instanceof Boolean truth) {
      write(truth ? "\u0088" : "\u0089");
    } else if (value instanceof String text) {
      string(text);
    } else if (value instanceof List<?> list) {
      list(list);
    } else {
      throw new IllegalArgumentException("no attribute of a program is " + value);
    }
  }

  private void whole(long value) {
    write("\u008a\b");
    bytes.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  private void string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    write("X");
    bytes.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(utf8.length).array());
    bytes.writeBytes(utf8);
  }

  /** A list with the type of its elements: the builders are libtorch's own names for that. */
  private void list(List<?> list) {
    boolean floats = !list.isEmpty() && list.get(0) instanceof Double;
    global("torch.jit._pickle", floats ? "build_doublelist" : "build_intlist");
    write("(](");
    list.forEach(this::value);
    write("etR");
  }

  private void global(String module, String name) {
    write("c" + module + "\n" + name + "\n");
  }

  /** Opcodes and their ASCII arguments. */
  private void write(String opcodes) {
    bytes.writeBytes(opcodes.getBytes(StandardCharsets.ISO_8859_1));
  }
}
