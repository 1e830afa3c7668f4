package jsearch.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.checkpoint.ChatTemplateText;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.InputException;

/** A recipe's {@code chat_template}, as mergekit (0.1.4) understands it. */
final class ChatTemplate {
  static final String AUTO = "auto";
  private static final List<String> NAMED =
      List.of("alpaca", "chatml", "exaone", "llama3", "mistral");
  private static final int SHORTEST = 20;

  private ChatTemplate() {}

  /**
   * The Jinja text that a recipe asks for.
   *
   * @param asked {@code auto}: what most parents have, the first of equals; a name; or Jinja text
   * @param parents the base first
   * @return empty where no parent has one to choose
   * @throws InputException when it is neither of them
   */
  static Optional<String> of(String asked, Collection<Checkpoint> parents) {
    if (asked.equals(AUTO)) {
      return commonest(parents);
    }
    if (NAMED.contains(asked)) {
      return Optional.of(named(asked));
    }
    if (asked.length() < SHORTEST || !asked.contains("{")) {
      throw new InputException(
          """
          chat_template is %s, expected auto, one of %s, or a Jinja template of 20 characters or more.
          Maybe paste the template itself."""
              .formatted(asked, NAMED));
    }
    return Optional.of(asked);
  }

  private static Optional<String> commonest(Collection<Checkpoint> parents) {
    Map<String, Integer> votes = new LinkedHashMap<>();
    for (Checkpoint parent : parents) {
      ChatTemplateText.of(parent.directory())
          .map(own -> own.text().strip())
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> votes.merge(text, 1, Integer::sum));
    }
    int most = votes.values().stream().mapToInt(votesOfOne -> votesOfOne).max().orElse(0);
    return votes.keySet().stream().filter(text -> votes.get(text) == most).findFirst();
  }

  /** Texts of our own that render as those of the same name in mergekit do. */
  private static String named(String name) {
    try (InputStream stream = ChatTemplate.class.getResourceAsStream("chat/" + name + ".jinja")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
