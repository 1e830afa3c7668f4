package jsearch.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Python's tuple; elements may be null, which is None. */
record Tuple(List<Object> items) {
  Tuple {
    items = Collections.unmodifiableList(new ArrayList<>(items));
  }

  static Tuple of(Object... items) {
    return new Tuple(Arrays.asList(items));
  }
}
