package jsearch.task;

import java.util.List;

/**
 * A metric that is reported under a filter's name, though there is no text to filter.
 *
 * @param metric what is reported
 * @param filter the filter's name
 */
record Filtered(Metric metric, String filter) implements Metric {
  @Override
  public String name() {
    return metric.name() + "," + filter;
  }

  @Override
  public Metric on(List<Item> items) {
    return new Filtered(metric.on(items), filter);
  }

  @Override
  public double value(Item item, Answer answer) {
    return metric.value(item, answer);
  }

  @Override
  public double weight(Item item, Answer answer) {
    return metric.weight(item, answer);
  }

  @Override
  public double reported(double ratio) {
    return metric.reported(ratio);
  }

  @Override
  public boolean isHigherBetter() {
    return metric.isHigherBetter();
  }

  @Override
  public boolean needsUnprompted() {
    return metric.needsUnprompted();
  }
}
