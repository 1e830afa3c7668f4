package jsearch.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Elements that can be counted and gone through but not indexed: {@code dict_items} and its like.
 *
 * @param type Python's name of it
 */
record View(String type, List<Object> items) {
  View {
    items = Collections.unmodifiableList(new ArrayList<>(items));
  }
}
