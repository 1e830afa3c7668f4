package jsearch.template;

import java.util.ArrayList;
import java.util.List;
import jsearch.python.PythonValue;

/** Python's slice; a null is a bound that is not given. */
record Slice(Object start, Object stop, Object step) implements PythonValue {
  /** Those elements that it takes. */
  <T> List<T> of(List<T> items) {
    int by = step == null ? 1 : Expected.whole(step, "the slice's step");
    if (by == 0) {
      throw new TemplateException("slice step cannot be zero");
    }
    int size = items.size();
    int first = bound(start, size, by, by > 0 ? 0 : size - 1);
    int end = bound(stop, size, by, by > 0 ? size : -1);
    List<T> taken = new ArrayList<>();
    for (long i = first; by > 0 ? i < end : i > end; i += by) {
      taken.add(items.get((int) i));
    }
    return taken;
  }

  private static int bound(Object given, int size, int by, int otherwise) {
    if (given == null) {
      return otherwise;
    }
    long at = Expected.whole(given, "the slice's bound");
    at = at < 0 ? at + size : at;
    return (int) (by > 0 ? Math.max(0, Math.min(at, size)) : Math.max(-1, Math.min(at, size - 1)));
  }

  @Override
  public String repr() {
    throw TemplateException.unprintable(this);
  }
}
