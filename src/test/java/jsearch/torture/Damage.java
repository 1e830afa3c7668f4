package jsearch.torture;

/**
 * What kills did to trials, beside an undisturbed search; all 0 when they did nothing.
 *
 * @param lost trials that are missing or have no end
 * @param duplicated trials that are too many, or ended twice
 * @param differing trials that say another thing than the undisturbed one
 */
record Damage(int lost, int duplicated, int differing) {
  static final Damage NONE = new Damage(0, 0, 0);

  /** Of a search that came to its end. */
  static Damage of(Records found, Records undisturbed) {
    int lost = 0;
    int duplicated = Math.max(0, found.size() - undisturbed.size());
    int differing = 0;
    for (int trial = 0; trial < undisturbed.size(); trial++) {
      if (!found.finished(trial)) {
        lost++;
      } else {
        duplicated += found.ends().get(trial).size() - 1;
        differing += found.same(trial, undisturbed) ? 0 : 1;
      }
    }
    return new Damage(lost, duplicated, differing);
  }

  Damage plus(Damage other) {
    return new Damage(
        lost + other.lost, duplicated + other.duplicated, differing + other.differing);
  }
}
