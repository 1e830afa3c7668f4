package jsearch.schedule;

import java.util.Locale;
import java.util.Set;

/** How a recipe's sources become one; the words are mergekit's. */
public enum MergeMethod {
  /** Spherical interpolation of the base and one donor at {@code t}. */
  SLERP(Set.of("t"), Set.of()),
  /** The sum of the sources by {@code weight}, divided by the weights' sum unless told not to. */
  LINEAR(Set.of("weight", "normalize"), Set.of("weight")),
  /** One source as it is, times {@code scale}. */
  PASSTHROUGH(Set.of("scale"), Set.of("scale")),
  /** Spherical interpolation of two sources by their shares of the {@code weight}. */
  NUSLERP(Set.of("weight", "nuslerp_flatten", "nuslerp_row_wise"), Set.of("weight"));

  private final Set<String> parameters;
  private final Set<String> ownParameters;

  MergeMethod(Set<String> parameters, Set<String> ownParameters) {
    this.parameters = parameters;
    this.ownParameters = ownParameters;
  }

  /** Its name in recipes. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Parameters that a recipe or a slice may give. */
  Set<String> parameters() {
    return parameters;
  }

  /** Those of them that a model or source may give for itself. */
  Set<String> ownParameters() {
    return ownParameters;
  }
}
