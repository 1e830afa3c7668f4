package jsearch.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jsearch.python.PythonText;
import jsearch.python.PythonValue;

/**
 * Elements that can be counted and gone through but not indexed: {@code dict_items} and its like.
 *
 * @param type Python's name of it
 */
record View(String type, List<Object> items) implements PythonValue {
  View {
    items = Collections.unmodifiableList(new ArrayList<>(items));
  }

  @Override
  public String repr() {
    return "%s(%s)".formatted(type, PythonText.repr(items));
  }
}
