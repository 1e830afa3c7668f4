package jsearch.instruction;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.python.PythonText;

/** The instructions of one prompt, ready to judge responses. */
public final class Instructions {
  private static final String IDS = "instruction_id_list";
  private static final String ARGUMENTS = "kwargs";
  private static final Pattern ASTERISK = Pattern.compile("\\*");

  private final List<Rule> rules;

  private Instructions(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads the instructions of an item: {@code instruction_id_list}, and {@code kwargs} with one
   * mapping of arguments an id.
   *
   * <p>As in the reference, an argument that is null, zero or empty counts as not given; what the
   * reference would then draw by chance is refused here.
   *
   * @throws InputException naming file, item, key, value found and value expected
   */
  public static Instructions of(Document item) {
    List<Document> ids = item.at(IDS).items();
    List<Document> arguments = item.at(ARGUMENTS).items();
    if (ids.isEmpty()) {
      throw item.at(IDS).expected("at least one instruction");
    }
    if (ids.size() != arguments.size()) {
      throw item.at(ARGUMENTS)
          .expected("one mapping for each of the %d instructions".formatted(ids.size()));
    }
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      rules.add(RuleReader.read(ids.get(i), new Arguments(arguments.get(i))));
    }
    return new Instructions(rules);
  }

  /** How many instructions there are, at least one. */
  public int size() {
    return rules.size();
  }

  /** For each instruction, whether the response as it stands follows it; an empty one does not. */
  public List<Boolean> strict(String response) {
    return rules.stream().map(rule -> follows(rule, Set.of(response))).toList();
  }

  /**
   * For each instruction, whether one of eight variants of the response follows it: without the
   * first line, the last line, both or neither, and each of these without asterisks.
   */
  public List<Boolean> loose(String response) {
    Set<String> variants = variants(response);
    return rules.stream().map(rule -> follows(rule, variants)).toList();
  }

  private static boolean follows(Rule rule, Set<String> responses) {
    return responses.stream()
        .filter(response -> !PythonText.strip(response).isEmpty())
        .anyMatch(rule::isFollowedBy);
  }

  private static Set<String> variants(String response) {
    List<String> lines = List.of(response.split("\n", -1));
    int end = lines.size() - 1;
    Set<String> variants = new LinkedHashSet<>();
    variants.add(response);
    variants.add(joined(lines.subList(1, lines.size())));
    variants.add(joined(lines.subList(0, end)));
    variants.add(joined(lines.subList(Math.min(1, end), end)));
    for (String variant : List.copyOf(variants)) {
      variants.add(ASTERISK.matcher(variant).replaceAll(""));
    }
    return variants;
  }

  private static String joined(List<String> lines) {
    return PythonText.strip(String.join("\n", lines));
  }
}
