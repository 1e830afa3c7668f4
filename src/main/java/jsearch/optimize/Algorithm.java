package jsearch.optimize;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import jsearch.document.InputException;
import jsearch.document.Nearest;

/** The optimizers, by the names that people give. */
public enum Algorithm {
  CMAES(CmaEs::new),
  GENETIC(Genetic::new),
  RANDOM(RandomSearch::new);

  private final BiFunction<List<Double>, Long, Optimizer> maker;

  Algorithm(BiFunction<List<Double>, Long, Optimizer> maker) {
    this.maker = maker;
  }

  /**
   * An optimizer whose first point is the centre.
   *
   * @param centre n coordinates in [0,1], n at least 1
   * @param seed the same seed and history give the same points
   * @throws IllegalArgumentException when the centre is empty or outside the cube
   */
  public Optimizer optimizer(List<Double> centre, long seed) {
    if (centre.isEmpty() || !centre.stream().allMatch(x -> x >= 0 && x <= 1)) {
      throw new IllegalArgumentException(
          "centre is %s, expected at least one coordinate, each in [0,1]".formatted(centre));
    }
    return maker.apply(centre, seed);
  }

  /**
   * The algorithm of this name: {@code cmaes}, {@code genetic} or {@code random}.
   *
   * @throws InputException for any other name
   */
  public static Algorithm named(String name) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "Optimizer \"%s\" is unknown, expected one of: %s.%s"
                        .formatted(name, String.join(", ", names()), Nearest.hint(name, names()))));
  }

  /** The name, as {@link #named} takes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static List<String> names() {
    return Arrays.stream(values()).map(Algorithm::toString).toList();
  }
}
