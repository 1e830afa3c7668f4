package jsearch.study;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a trial's candidate came from; its text is the kind and the name, as {@code global half}.
 *
 * @param kind parent, known schedule or proposal
 * @param name of the parent or schedule; empty for a proposal
 */
public record Origin(Kind kind, String name) {
  /** Kinds of origin. */
  public enum Kind {
    /** A parent itself. */
    PARENT,
    /** A known schedule with one t for every tensor. */
    GLOBAL,
    /** Any other known schedule. */
    BASELINE,
    /** A point that the optimizer asked for. */
    PROPOSAL
  }

  /** The parent at t = 0. */
  public static final Origin BASE = parent("base");

  /** The parent at t = 1. */
  public static final Origin DONOR = parent("donor");

  /** A point that the optimizer asked for. */
  public static final Origin PROPOSAL = new Origin(Kind.PROPOSAL, "");

  public Origin {
    if (name.isBlank() != (kind == Kind.PROPOSAL)) {
      throw new IllegalArgumentException(
          "an origin of kind %s cannot have the name \"%s\"".formatted(kind, name));
    }
  }

  public static Origin parent(String name) {
    return new Origin(Kind.PARENT, name);
  }

  public static Origin global(String name) {
    return new Origin(Kind.GLOBAL, name);
  }

  public static Origin baseline(String name) {
    return new Origin(Kind.BASELINE, name);
  }

  /** The origin of this text, the inverse of {@link #toString}; empty when it is none. */
  static Optional<Origin> parse(String text) {
    if (text.equals(PROPOSAL.toString())) {
      return Optional.of(PROPOSAL);
    }
    return Arrays.stream(Kind.values())
        .filter(kind -> kind != Kind.PROPOSAL && text.startsWith(word(kind) + " "))
        .map(kind -> new Origin(kind, text.substring(word(kind).length() + 1)))
        .findFirst();
  }

  @Override
  public String toString() {
    return kind == Kind.PROPOSAL ? word(kind) : word(kind) + " " + name;
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
