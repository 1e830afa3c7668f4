package jsearch.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jsearch.python.PythonText;

/** Python's {@code json.dumps}, as transformers' filter {@code tojson} calls it. */
public final class Json {
  private final boolean ascii;
  private final String indent;
  private final String itemSeparator;
  private final String keySeparator;
  private final boolean sorted;

  private Json(Arguments.Bound options) {
    ascii = options.truth("ensure_ascii");
    indent = options.get("indent", null) == null ? null : options.spaces("indent", 0);
    sorted = options.truth("sort_keys");
    Object separators = options.get("separators", null);
    if (separators == null) {
      itemSeparator = indent == null ? ", " : ",";
      keySeparator = ": ";
    } else {
      List<Object> both = Python.iterate(separators);
      if (both.size() != 2) {
        throw new TemplateException("tojson: separators are %d, expected 2".formatted(both.size()));
      }
      itemSeparator = Expected.text(both.get(0), "tojson: a separator");
      keySeparator = Expected.text(both.get(1), "tojson: a separator");
    }
  }

  /**
   * {@code json.dumps(value, ...)}; as the filter, the value comes first.
   *
   * @throws TemplateException when the value cannot be written
   */
  public static Object dumps(Arguments arguments) {
    Arguments.Bound bound =
        arguments.bind("tojson", "x", "ensure_ascii", "indent", "separators", "sort_keys");
    StringBuilder out = new StringBuilder();
    new Json(bound).write(bound.get("x"), 0, out);
    return out.toString();
  }

  private void write(Object value, int depth, StringBuilder out) {
    if (value == null) {
      out.append("null");
    } else if (value instanceof Boolean || value instanceof Long) {
      out.append(value);
    } else if (value instanceof Double number) {
      out.append(
          number.isNaN()
              ? "NaN"
              : number.isInfinite()
                  ? number > 0 ? "Infinity" : "-Infinity"
                  : PythonText.repr(number));
    } else if (value instanceof String text) {
      quote(text, out);
    } else if (value instanceof Map<?, ?> map) {
      object(map, depth, out);
    } else if (value instanceof List || value instanceof Tuple) {
      array(Python.elements(value), depth, out);
    } else {
      throw new TemplateException(
          "Object of type %s is not JSON serializable".formatted(Python.type(value)));
    }
  }

  private void array(List<Object> items, int depth, StringBuilder out) {
    if (items.isEmpty()) {
      out.append("[]");
      return;
    }
    String separator = "[";
    for (Object item : items) {
      out.append(separator);
      line(depth + 1, out);
      write(item, depth + 1, out);
      separator = itemSeparator;
    }
    line(depth, out);
    out.append(']');
  }

  private void object(Map<?, ?> map, int depth, StringBuilder out) {
    if (map.isEmpty()) {
      out.append("{}");
      return;
    }
    String separator = "{";
    for (Map.Entry<?, ?> entry : entries(map)) {
      out.append(separator);
      line(depth + 1, out);
      quote((String) entry.getKey(), out);
      out.append(keySeparator);
      write(entry.getValue(), depth + 1, out);
      separator = itemSeparator;
    }
    line(depth, out);
    out.append('}');
  }

  private List<Map.Entry<?, ?>> entries(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (!(key instanceof String)) {
        throw new TemplateException("tojson of a key that is no text is not supported here");
      }
    }
    if (!sorted) {
      return new ArrayList<>(map.entrySet());
    }
    TreeMap<String, Object> byKey = new TreeMap<>((a, b) -> Python.compare(a, b, "<"));
    map.forEach((key, value) -> byKey.put((String) key, value));
    return new ArrayList<>(byKey.entrySet());
  }

  private void line(int depth, StringBuilder out) {
    if (indent != null) {
      out.append('\n').append(indent.repeat(depth));
    }
  }

  private void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          if (c < 0x20 || (ascii && c > 0x7e)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
