package jsearch.study;

import java.util.List;

/**
 * What a trial evaluates.
 *
 * @param origin who named it
 * @param point coordinates in [0,1]; empty unless the optimizer asked for it
 * @param params the family's scalars there; empty where a schedule is not of the family
 */
public record Candidate(Origin origin, List<Double> point, List<Param> params) {
  public Candidate {
    point = List.copyOf(point);
    params = List.copyOf(params);
    if (point.isEmpty() == (origin.kind() == Origin.Kind.PROPOSAL)) {
      throw new IllegalArgumentException("a proposal has a point, and nothing else has one");
    }
    if (!point.stream().allMatch(x -> x >= 0 && x <= 1)) {
      throw new IllegalArgumentException("%s is outside the unit cube".formatted(point));
    }
    if (params.stream().map(Param::name).distinct().count() < params.size()) {
      throw new IllegalArgumentException("a name occurs twice in " + params);
    }
  }

  /** A point that the optimizer asked for. */
  public static Candidate proposal(List<Double> point, List<Param> params) {
    return new Candidate(Origin.PROPOSAL, point, params);
  }

  /** A parent or a known schedule. */
  public static Candidate known(Origin origin) {
    return new Candidate(origin, List.of(), List.of());
  }
}
