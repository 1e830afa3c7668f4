package jsearch.checkpoint;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * Reads the header of a safetensors file: where each tensor lies. The tensors are not read.
 *
 * <p>The format: header length (8 bytes, little-endian), JSON header, data; {@code data_offsets}
 * count from the start of the data. Gaps between tensors are accepted, overlaps are not. Buffers
 * ({@link TensorName#isBuffer}) are left out, whatever they hold.
 */
final class SafetensorsHeader {
  /** The safetensors library's own limit. */
  private static final long LONGEST = 100_000_000;

  /** The largest whole number that every JSON reader keeps exact. */
  private static final long LARGEST = 1L << 53;

  private static final Set<String> QUANTISED_PREFIXES = Set.of("I8", "U8", "F8", "F6", "F4");

  private final Path file;
  private final long size;
  private final long dataStart;

  private SafetensorsHeader(Path file, long size, long dataStart) {
    this.file = file;
    this.size = size;
    this.dataStart = dataStart;
  }

  /** The file's tensors, in the order of their bytes. */
  static List<TensorInfo> read(Path file) {
    PlainFile.refusePointer(file);
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long size = in.length();
      if (size < Long.BYTES) {
        throw new InputException(
            "%s has %d bytes, expected a safetensors file of at least %d."
                .formatted(file, size, Long.BYTES));
      }
      long length = Long.reverseBytes(in.readLong());
      long longest = Math.min(LONGEST, size - Long.BYTES);
      if (Long.compareUnsigned(length, longest) > 0) {
        throw new InputException(
            """
            %s says that its header has %s bytes, expected at most %d (the file has %d).
            Maybe the download stopped early, or this is no safetensors file."""
                .formatted(file, Long.toUnsignedString(length), longest, size));
      }
      byte[] text = new byte[(int) length];
      in.readFully(text);
      return new SafetensorsHeader(file, size, Long.BYTES + length).tensors(text);
    } catch (IOException e) {
      throw InputException.unreadable(file, e);
    }
  }

  private List<TensorInfo> tensors(byte[] text) {
    List<TensorInfo> tensors = new ArrayList<>();
    for (Map.Entry<String, Document> entry :
        Document.json(file + " (header)", decode(text)).entries().entrySet()) {
      TensorName name = new TensorName(requireEncodable(entry.getKey()));
      if (!entry.getKey().equals("__metadata__") && !name.isBuffer()) {
        tensors.add(tensor(name, entry.getValue()));
      }
    }
    tensors.sort(Comparator.comparingLong(TensorInfo::offset).thenComparing(TensorInfo::bytes));
    for (int i = 1; i < tensors.size(); i++) {
      refuseOverlap(tensors.get(i - 1), tensors.get(i));
    }
    return tensors;
  }

  private String decode(byte[] text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(
          "%s (header) is not UTF-8 text, expected a safetensors file.".formatted(file), e);
    }
  }

  /** JSON's escapes can make half a surrogate pair, which no file can hold as UTF-8. */
  private String requireEncodable(String name) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new InputException(
          "%s (header) has a tensor named %s, expected a name in Unicode.".formatted(file, name));
    }
    return name;
  }

  private TensorInfo tensor(TensorName name, Document value) {
    DType dtype = dtype(name, value.at("dtype"));
    List<Long> shape =
        value.at("shape").items().stream().map(item -> item.whole(0, LARGEST)).toList();
    List<Document> offsets = value.at("data_offsets").items();
    if (offsets.size() != 2) {
      throw value.at("data_offsets").expected("[begin, end]");
    }
    long begin = offsets.get(0).whole(0, LARGEST);
    long end = offsets.get(1).whole(0, LARGEST);
    if (begin > end) {
      throw value.at("data_offsets").expected("[begin, end] with begin <= end");
    }
    TensorInfo info = new TensorInfo(name, dtype, shape, file, dataStart + begin);
    refuseWrongSize(info, begin, end);
    if (end > size - dataStart) {
      throw new InputException(
          """
          Tensor %s ends at byte %d, but %s has %d bytes.
          Maybe the download stopped early; fetch that shard again."""
              .formatted(name.text(), dataStart + end, file, size));
    }
    if (info.offset() % dtype.bytes() != 0) {
      throw new InputException(
          """
          Tensor %s begins at byte %d of %s, expected a multiple of %d for %s.
          Maybe save the checkpoint again with a current version of safetensors."""
              .formatted(name.text(), info.offset(), file, dtype.bytes(), dtype));
    }
    return info;
  }

  private DType dtype(TensorName name, Document value) {
    String found = value.text();
    for (DType dtype : DType.values()) {
      if (dtype.name().equals(found)) {
        return dtype;
      }
    }
    boolean quantised = QUANTISED_PREFIXES.stream().anyMatch(found::startsWith);
    throw new InputException(
        "Tensor %s of %s is %s, expected one of %s.%s"
            .formatted(
                name.text(),
                file,
                found,
                List.of(DType.values()),
                quantised ? "\nMaybe use the unquantised checkpoint that it was made from." : ""));
  }

  private void refuseWrongSize(TensorInfo info, long begin, long end) {
    String needed;
    try {
      if (info.bytes() == end - begin) {
        return;
      }
      needed = Long.toString(info.bytes());
    } catch (ArithmeticException e) {
      needed = "more than 2^63";
    }
    throw new InputException(
        "Tensor %s of %s has %d bytes (data_offsets [%d, %d]), but shape %s of %s needs %s."
            .formatted(
                info.name().text(),
                file,
                end - begin,
                begin,
                end,
                info.shape(),
                info.dtype(),
                needed));
  }

  private void refuseOverlap(TensorInfo first, TensorInfo second) {
    long end = first.offset() + first.bytes();
    if (second.offset() < end) {
      throw new InputException(
          "Tensor %s of %s begins at byte %d, inside tensor %s, which ends at byte %d."
              .formatted(second.name().text(), file, second.offset(), first.name().text(), end));
    }
  }
}
