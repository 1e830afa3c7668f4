package jsearch.template;

import java.util.ArrayList;
import java.util.List;
import jsearch.python.PythonValue;

/** Python's range. */
record Range(long start, long stop, long step) implements PythonValue {
  /** As many elements as Jinja's sandbox allows. */
  private static final int LONGEST = 100_000;

  Range {
    if (step == 0) {
      throw new TemplateException("range() arg 3 must not be zero");
    }
    if (count(start, stop, step) > LONGEST) {
      throw new TemplateException(
          "the range has %d elements, expected at most %d"
              .formatted(count(start, stop, step), LONGEST));
    }
  }

  static Range of(Arguments arguments) {
    Arguments.Bound bound = arguments.bind("range", "start", "stop", "step");
    long first = bound.whole("start", 0);
    return bound.has("stop")
        ? new Range(first, bound.whole("stop", 0), bound.whole("step", 1))
        : new Range(0, first, 1);
  }

  private static long count(long start, long stop, long step) {
    long width = step > 0 ? stop - start : start - stop;
    return width <= 0 ? 0 : (width - 1) / Math.abs(step) + 1;
  }

  List<Object> items() {
    List<Object> items = new ArrayList<>();
    for (long i = 0; i < count(start, stop, step); i++) {
      items.add(start + i * step);
    }
    return items;
  }

  @Override
  public String repr() {
    return "range(%d, %d%s)".formatted(start, stop, step == 1 ? "" : ", " + step);
  }
}
