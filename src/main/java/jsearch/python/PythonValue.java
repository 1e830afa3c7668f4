package jsearch.python;

/** A value beside JSON's that knows how Python prints it. */
public interface PythonValue {
  /** {@code repr(value)}. */
  String repr();

  /** {@code str(value)}. */
  default String str() {
    return repr();
  }
}
