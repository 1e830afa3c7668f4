package jsearch.schedule;

/** A known schedule that a search must beat, by the name it is reported under. */
public record Baseline(String name, Template template) {
  /** Whether every tensor has the same t. */
  public boolean global() {
    return template.global();
  }

  /** Its schedule for this many layers. */
  public Schedule schedule(int layers) {
    return template.schedule(layers);
  }
}
