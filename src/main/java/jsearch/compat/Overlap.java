package jsearch.compat;

/**
 * How much two vocabularies have in common: the tokens of both over the tokens of either, in [0,1].
 *
 * @param byString tokens that both have, whatever their ids: rows that an alignment brings together
 * @param byId tokens that have the same id in both: rows that belong together as they are
 */
public record Overlap(double byString, double byId) {
  public Overlap {
    if (!(0 <= byId && byId <= byString && byString <= 1)) {
      throw new IllegalArgumentException(
          "an overlap of %s by string and %s by id".formatted(byString, byId));
    }
  }
}
