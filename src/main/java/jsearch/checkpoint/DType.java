package jsearch.checkpoint;

/**
 * The floating-point formats that a checkpoint's tensors may have; {@code name()} is safetensors'.
 */
public enum DType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes an element. */
  public int bytes() {
    return bytes;
  }

  /** The narrowest format that holds every number of both. */
  public DType with(DType other) {
    if (this == other) {
      return this;
    }
    return this == F64 || other == F64 ? F64 : F32;
  }
}
