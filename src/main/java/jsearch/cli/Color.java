package jsearch.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** When output is in colour; the values of {@code --color}. */
enum Color {
  AUTO,
  ALWAYS,
  NEVER;

  static final String OPTION = "--color";

  /** The one that the words ask for; they are looked at before they are parsed, for faults too. */
  static Color asked(List<String> words) {
    Color asked = AUTO;
    for (int i = 0; i < words.size() && !words.get(i).equals("--"); i++) {
      String word = words.get(i);
      boolean apart = word.equals(OPTION) && i + 1 < words.size();
      String value = apart ? words.get(i + 1) : word.startsWith(OPTION + "=") ? word : "";
      String name = value.substring(value.indexOf('=') + 1);
      asked = Stream.of(values()).filter(c -> c.is(name)).findFirst().orElse(asked);
    }
    return asked;
  }

  private boolean is(String name) {
    return toString().equalsIgnoreCase(name);
  }

  /** Whether a stream gets colours; what the user says here counts more than the environment. */
  boolean isUsed(Map<String, String> environment, boolean terminal) {
    if (this != AUTO) {
      return this == ALWAYS;
    }
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    if (!List.of("", "0").contains(environment.getOrDefault("CLICOLOR_FORCE", ""))) {
      return true;
    }
    return terminal && !"dumb".equals(environment.get("TERM"));
  }

  /** The name, as {@code --color} takes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
