package jsearch.schedule;

import java.util.List;

/**
 * What a person should know of a recipe's lines that have no effect, a sentence each.
 *
 * @param notes on lines that other methods of mergekit read
 * @param warnings of lines that may be slips
 */
public record Remarks(List<String> notes, List<String> warnings) {
  public Remarks {
    notes = List.copyOf(notes);
    warnings = List.copyOf(warnings);
  }
}
