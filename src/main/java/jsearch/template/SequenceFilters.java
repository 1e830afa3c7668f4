package jsearch.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jsearch.python.PythonText;

/** Jinja's filters of what has elements. */
final class SequenceFilters {
  static final Set<String> NAMES =
      Set.of(
          "first",
          "last",
          "length",
          "count",
          "list",
          "join",
          "map",
          "select",
          "reject",
          "selectattr",
          "rejectattr",
          "sort",
          "unique",
          "reverse",
          "sum",
          "max",
          "min",
          "dictsort");

  private SequenceFilters() {}

  static Object apply(Scope scope, String filter, Object value, Arguments arguments) {
    return switch (filter) {
      case "map" -> map(scope, value, arguments);
      case "select" -> select(scope, value, arguments, false, true);
      case "reject" -> select(scope, value, arguments, false, false);
      case "selectattr" -> select(scope, value, arguments, true, true);
      case "rejectattr" -> select(scope, value, arguments, true, false);
      case "join" -> join(scope, value, arguments.bind(filter, "d", "attribute"));
      case "sum" -> sum(scope, value, arguments.bind(filter, "attribute", "start"));
      case "sort" ->
          sorted(scope, value, arguments.bind(filter, "reverse", "case_sensitive", "attribute"));
      case "unique" -> unique(scope, value, arguments.bind(filter, "case_sensitive", "attribute"));
      case "max", "min" ->
          extreme(scope, filter, value, arguments.bind(filter, "case_sensitive", "attribute"));
      case "dictsort" -> dictsort(value, arguments.bind(filter, "case_sensitive", "by", "reverse"));
      default -> {
        arguments.bind(filter);
        yield whole(scope, filter, value);
      }
    };
  }

  private static Object whole(Scope scope, String filter, Object value) {
    return switch (filter) {
      case "length", "count" -> Python.length(value);
      case "list" -> new ArrayList<>(Python.iterate(value));
      case "first" -> first(scope, value);
      case "last" -> last(scope, value);
      default -> reverse(value);
    };
  }

  private static Object first(Scope scope, Object value) {
    if (value instanceof Generator generator) {
      return generator.isEmpty() ? empty("first", scope) : generator.next();
    }
    List<Object> items = Python.iterate(value);
    return items.isEmpty() ? empty("first", scope) : items.get(0);
  }

  private static Undefined empty(String which, Scope scope) {
    return new Undefined("No %s item, sequence was empty.".formatted(which), scope.strict());
  }

  private static Object last(Scope scope, Object value) {
    reversible(value);
    List<Object> items = Python.iterate(value);
    return items.isEmpty() ? empty("last", scope) : items.get(items.size() - 1);
  }

  private static void reversible(Object value) {
    if (value instanceof Generator || value instanceof Undefined) {
      throw new TemplateException(
          "a value of type %s cannot be reversed here".formatted(Python.type(value)));
    }
  }

  private static Object reverse(Object value) {
    if (value instanceof Undefined) {
      reversible(value);
    }
    List<Object> items = new ArrayList<>(Python.iterate(value));
    Collections.reverse(items);
    if (value instanceof String) {
      return items.stream().map(String.class::cast).collect(Collectors.joining());
    }
    // Python gives a list where a value cannot be gone through backwards.
    return value instanceof Generator ? items : new Generator(items);
  }

  /** The value at a path of names and numbers with dots between them. */
  private static Function<Object, Object> attribute(Scope scope, Object path) {
    if (path == null) {
      return value -> value;
    }
    if (path instanceof Long) {
      return value -> Attributes.item(value, path, scope.strict());
    }
    List<Object> keys = new ArrayList<>();
    for (String part : Expected.text(path, "attribute").split("\\.", -1)) {
      keys.add(
          part.length() < 10 && PythonText.isDigits(part) ? (Object) Long.valueOf(part) : part);
    }
    return value -> {
      Object found = value;
      for (Object key : keys) {
        found = Attributes.item(found, key, scope.strict());
      }
      return found;
    };
  }

  private static Object map(Scope scope, Object value, Arguments arguments) {
    Function<Object, Object> each;
    if (arguments.positional().isEmpty() && arguments.named().containsKey("attribute")) {
      Arguments.Bound bound = arguments.bind("map", "attribute", "default");
      Function<Object, Object> get = attribute(scope, bound.get("attribute"));
      Object otherwise = bound.get("default", null);
      each =
          item -> {
            Object found = get.apply(item);
            return found instanceof Undefined && otherwise != null ? otherwise : found;
          };
    } else if (arguments.positional().isEmpty()) {
      throw new TemplateException("map requires a filter argument");
    } else {
      String filter = Expected.text(arguments.positional().get(0), "map");
      Arguments rest = arguments.from(1);
      each = item -> Filters.apply(scope, filter, item, rest);
    }
    List<Object> mapped = new ArrayList<>();
    given(value).forEach(item -> mapped.add(each.apply(item)));
    return new Generator(mapped);
  }

  /** As Jinja's {@code if value}: what is empty or None has no elements. */
  private static List<Object> given(Object value) {
    return value instanceof Generator || Python.truth(value) ? Python.iterate(value) : List.of();
  }

  private static Object select(
      Scope scope, Object value, Arguments arguments, boolean byAttribute, boolean keep) {
    int first = byAttribute ? 1 : 0;
    List<Object> words = arguments.positional();
    if (words.size() < first) {
      throw new TemplateException("Missing parameter for attribute name");
    }
    Function<Object, Object> get = attribute(scope, byAttribute ? words.get(0) : null);
    Predicate<Object> test = Python::truth;
    if (words.size() > first) {
      String name = Expected.text(words.get(first), "the test");
      Arguments rest = arguments.from(first + 1);
      test = item -> Tests.holds(name, item, rest);
    }
    List<Object> selected = new ArrayList<>();
    for (Object item : given(value)) {
      if (test.test(get.apply(item)) == keep) {
        selected.add(item);
      }
    }
    return new Generator(selected);
  }

  private static Object join(Scope scope, Object value, Arguments.Bound bound) {
    Function<Object, Object> get = attribute(scope, bound.get("attribute", null));
    return Python.iterate(value).stream()
        .map(get)
        .map(PythonText::str)
        .collect(Collectors.joining(PythonText.str(bound.get("d", ""))));
  }

  private static Object sum(Scope scope, Object value, Arguments.Bound bound) {
    Function<Object, Object> get = attribute(scope, bound.get("attribute", null));
    Object sum = bound.get("start", 0L);
    for (Object item : Python.iterate(value)) {
      sum = Arithmetic.of("+", sum, get.apply(item));
    }
    return sum;
  }

  private static Comparator<Object> order(Function<Object, Object> key) {
    return (a, b) -> Python.compare(key.apply(a), key.apply(b), "<");
  }

  private static Function<Object, Object> key(Scope scope, Arguments.Bound bound) {
    Object path = bound.get("attribute", null);
    if (path instanceof String text && text.contains(",")) {
      throw new TemplateException("several attributes are not supported here");
    }
    boolean caseSensitive = bound.truth("case_sensitive");
    return attribute(scope, path).andThen(value -> Tests.folded(value, caseSensitive));
  }

  private static Object sorted(Scope scope, Object value, Arguments.Bound bound) {
    List<Object> items = new ArrayList<>(Python.iterate(value));
    Comparator<Object> order = order(key(scope, bound));
    items.sort(bound.truth("reverse") ? (a, b) -> order.compare(b, a) : order);
    return items;
  }

  private static Object unique(Scope scope, Object value, Arguments.Bound bound) {
    Function<Object, Object> key = key(scope, bound);
    List<Object> seen = new ArrayList<>();
    List<Object> kept = new ArrayList<>();
    for (Object item : Python.iterate(value)) {
      Object mark = key.apply(item);
      Dicts.hashable(mark);
      if (seen.stream().noneMatch(other -> Python.equal(other, mark))) {
        seen.add(mark);
        kept.add(item);
      }
    }
    return new Generator(kept);
  }

  private static Object extreme(Scope scope, String filter, Object value, Arguments.Bound bound) {
    List<Object> items = Python.iterate(value);
    if (items.isEmpty()) {
      return new Undefined("No aggregated item, sequence was empty.", scope.strict());
    }
    Comparator<Object> order = order(key(scope, bound));
    Object best = items.get(0);
    for (Object item : items.subList(1, items.size())) {
      int compared = order.compare(item, best);
      best = (filter.equals("max") ? compared > 0 : compared < 0) ? item : best;
    }
    return best;
  }

  private static Object dictsort(Object value, Arguments.Bound bound) {
    if (!(value instanceof Map<?, ?> map)) {
      throw Expected.wrong(value, "dictsort", "dict");
    }
    String by = bound.has("by") ? bound.text("by") : "key";
    int place = List.of("key", "value").indexOf(by);
    if (place < 0) {
      throw new TemplateException("You can only sort by either 'key' or 'value'");
    }
    boolean caseSensitive = bound.truth("case_sensitive");
    Comparator<Object> order =
        order(pair -> Tests.folded(((Tuple) pair).items().get(place), caseSensitive));
    List<Object> pairs = Attributes.pairs(map);
    pairs.sort(bound.truth("reverse") ? (a, b) -> order.compare(b, a) : order);
    return pairs;
  }
}
