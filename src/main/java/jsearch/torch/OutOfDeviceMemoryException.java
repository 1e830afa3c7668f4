package jsearch.torch;

/** The device has no room for what was asked. */
public final class OutOfDeviceMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutOfDeviceMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
