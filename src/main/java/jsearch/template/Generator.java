package jsearch.template;

import java.util.List;
import jsearch.python.PythonValue;

/** Elements that can be gone through once, as filters such as {@code map} give them. */
final class Generator implements PythonValue {
  private List<Object> items;

  Generator(List<Object> items) {
    this.items = items;
  }

  /** All that are left; afterwards none are. */
  List<Object> drain() {
    List<Object> left = items;
    items = List.of();
    return left;
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** The next one, which is then gone. */
  Object next() {
    Object first = items.get(0);
    items = items.subList(1, items.size());
    return first;
  }

  @Override
  public String repr() {
    throw TemplateException.unprintable(this);
  }
}
