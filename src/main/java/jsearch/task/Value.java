package jsearch.task;

import java.util.List;
import java.util.Optional;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.python.PythonText;

/**
 * What a setting such as {@code doc_to_target} gives for an item's data.
 *
 * @param value as Python would have it: String, Long, Double, Boolean, List, Map or null
 * @param setting the task's key
 * @param doc the item's data
 * @param field where the value stands: a field of the item's, or the setting itself; empty where a
 *     template made it
 */
record Value(Object value, Document setting, Document doc, Optional<Document> field) {
  boolean isText() {
    return value instanceof String;
  }

  /** Whether it is a whole number; in Python a truth value is one, too. */
  boolean isIndex() {
    return value instanceof Long || value instanceof Boolean;
  }

  boolean isList() {
    return value instanceof List<?>;
  }

  /** A text. */
  String text() {
    if (!isText()) {
      throw expected("a string");
    }
    return (String) value;
  }

  /** A place in a list of this size. */
  int index(int size) {
    return index(value, size);
  }

  /** Places in a list of this size. */
  List<Integer> indices(int size) {
    return ((List<?>) value).stream().map(one -> index(one, size)).toList();
  }

  private int index(Object one, int size) {
    long index = one instanceof Long n ? n : one instanceof Boolean b ? (b ? 1 : 0) : -1;
    if (index < 0 || index >= size) {
      throw expected("a whole number from 0 to %d".formatted(size - 1));
    }
    return (int) index;
  }

  /** The error of a value that is not what was expected. */
  InputException expected(String what) {
    return field
        .map(found -> found.expected(what))
        .orElseGet(
            () ->
                new InputException(
                    "%s gives %s for %s, expected %s."
                        .formatted(
                            setting.place(),
                            isText() && !((String) value).isEmpty()
                                ? value
                                : PythonText.repr(value),
                            doc.place(),
                            what)));
  }
}
