package jsearch.task;

/** A rule that says whether an answer is right. */
public interface Metric {
  /** The name as lm-evaluation-harness reports it, with the filter after a comma if it has one. */
  String name();

  /** 1 for right, 0 for wrong. */
  double value(Item item, Answer answer);
}
