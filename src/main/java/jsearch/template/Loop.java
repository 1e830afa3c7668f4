package jsearch.template;

import java.util.List;

/** The {@code loop} of a for block. */
final class Loop {
  private final List<Object> items;
  private int index;
  private Object changed = this;

  Loop(List<Object> items) {
    this.items = items;
  }

  void at(int position) {
    index = position;
  }

  /** What a template may ask of it. */
  Object attribute(String name, boolean strict) {
    return switch (name) {
      case "index" -> index + 1L;
      case "index0" -> (long) index;
      case "revindex" -> (long) items.size() - index;
      case "revindex0" -> items.size() - index - 1L;
      case "first" -> index == 0;
      case "last" -> index == items.size() - 1;
      case "length" -> (long) items.size();
      case "depth" -> 1L;
      case "depth0" -> 0L;
      case "previtem" ->
          index > 0 ? items.get(index - 1) : new Undefined("there is no previous item", strict);
      case "nextitem" ->
          index < items.size() - 1
              ? items.get(index + 1)
              : new Undefined("there is no next item", strict);
      case "cycle" -> (Callable) this::cycle;
      case "changed" -> (Callable) this::changed;
      default -> Undefined.of("loop", name, strict);
    };
  }

  private Object cycle(Arguments arguments) {
    List<Object> values = arguments.positional();
    if (values.isEmpty()) {
      throw new TemplateException("no items for cycling given");
    }
    return values.get(index % values.size());
  }

  private Object changed(Arguments arguments) {
    Tuple now = new Tuple(arguments.positional());
    boolean same = changed != this && Python.equal(changed, now);
    changed = now;
    return !same;
  }
}
