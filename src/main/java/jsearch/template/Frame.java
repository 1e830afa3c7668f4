package jsearch.template;

import java.util.HashSet;
import java.util.Set;

/**
 * Names that the text of one block reads and sets, blocks inside it left out.
 *
 * <p>Jinja decides by this, before it renders, where a name is looked up: a name that a block sets
 * before it reads it belongs to that block, and until it is set it is undefined in the blocks
 * inside, whatever value it was rendered with.
 */
final class Frame {
  private final Frame outer;
  private final Set<String> known = new HashSet<>();
  private final Set<String> setFirst = new HashSet<>();
  private int branches;

  /**
   * @param outer of the block around it, null for the whole template
   */
  Frame(Frame outer) {
    this.outer = outer;
  }

  Frame outer() {
    return outer;
  }

  /** The name is read, or is a parameter of the block. */
  void read(String name) {
    known.add(name);
  }

  /** The name is set. */
  void set(String name) {
    if (known.add(name) && branches == 0) {
      setFirst.add(name);
    }
  }

  /** What follows may not run. */
  void branch() {
    branches++;
  }

  void join() {
    branches--;
  }

  /** Names that are undefined where the block begins; asked when the whole template is read. */
  Set<String> hidden() {
    Set<String> hidden = new HashSet<>(setFirst);
    for (Frame frame = outer; frame != null; frame = frame.outer) {
      hidden.removeAll(frame.known);
    }
    return hidden;
  }
}
