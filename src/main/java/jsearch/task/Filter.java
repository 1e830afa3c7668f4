package jsearch.task;

import jsearch.document.Document;

/** One step from what the model wrote to its answer. */
@FunctionalInterface
interface Filter {
  /**
   * The text after this step.
   *
   * @param doc the item's data
   */
  String apply(String text, Document doc);
}
