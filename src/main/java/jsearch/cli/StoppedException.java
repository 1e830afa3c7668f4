package jsearch.cli;

/** A signal stopped what ran, which has said so; the program ends with the signal's exit code. */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  StoppedException(int exitCode, RuntimeException cause) {
    super("stopped by signal " + (exitCode - 128), cause);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
