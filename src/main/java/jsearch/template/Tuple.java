package jsearch.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import jsearch.python.PythonText;
import jsearch.python.PythonValue;

/** Python's tuple; elements may be null, which is None. */
record Tuple(List<Object> items) implements PythonValue {
  Tuple {
    items = Collections.unmodifiableList(new ArrayList<>(items));
  }

  @Override
  public String repr() {
    String end = items.size() == 1 ? ",)" : ")";
    return items.stream().map(PythonText::repr).collect(Collectors.joining(", ", "(", end));
  }

  static Tuple of(Object... items) {
    return new Tuple(Arrays.asList(items));
  }
}
