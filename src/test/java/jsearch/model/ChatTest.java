package jsearch.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jsearch.Golden;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChatTest {
  private static final Document GOLDEN = Golden.read(ChatTest.class, "chat_templates.json");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-07T09:05:02Z"), ZoneOffset.UTC);
  private static final List<Message> HELLO = List.of(new Message("user", "Hello"));

  @TempDir private Path directory;

  private Chat config(Map<String, ?> config) throws IOException {
    Files.writeString(directory.resolve("tokenizer_config.json"), Writer.json(config));
    return Chat.open(directory, CLOCK);
  }

  private Chat template(String text) throws IOException {
    return config(Map.of("chat_template", text));
  }

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String refusal(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(InputException.class, call).getMessage();
  }

  static Stream<Document> templates() {
    return GOLDEN.at("templates").items().stream();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void aPublishedTemplateRendersAsInTransformers(Document golden) throws IOException {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("chat_template", golden.at("template").text());
    GOLDEN.at("tokens").entries().forEach((name, token) -> config.put(name, token.text()));
    Chat chat = config(config);
    for (Document texts : golden.at("texts").items()) {
      boolean prompt = texts.at("prompt").bool();
      List<Document> expected = texts.at("texts").items();
      for (int i = 0; i < expected.size(); i++) {
        List<Message> messages = messages(GOLDEN.at("conversations").items().get(i));
        if (expected.get(i).isText()) {
          assertEquals(expected.get(i).text(), chat.render(messages, prompt));
        } else {
          assertThrows(InputException.class, () -> chat.render(messages, prompt));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void anUnfinishedMessageIsTheEndOfTheTextAsInTransformers(Document golden) throws IOException {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("chat_template", golden.at("template").text());
    GOLDEN.at("tokens").entries().forEach((name, token) -> config.put(name, token.text()));
    Chat chat = config(config);
    List<Document> expected = golden.at("unfinished").items();
    for (int i = 0; i < expected.size(); i++) {
      List<Message> messages = messages(GOLDEN.at("unfinished").items().get(i));
      if (expected.get(i).isText()) {
        assertEquals(expected.get(i).text(), chat.renderUnfinished(messages));
      } else {
        assertThrows(InputException.class, () -> chat.renderUnfinished(messages));
      }
    }
  }

  @Test
  void aTemplateThatDropsTheUnfinishedMessageIsTold() throws IOException {
    List<Message> messages = List.of(new Message("user", "a"), new Message("assistant", "b "));
    assertEquals(
        directory
            + "/tokenizer_config.json: chat_template drops or changes the last message, which is to"
            + " be gone on with: 'b '.",
        refusal(() -> template("{{ messages[0].content }}").renderUnfinished(messages)));
  }

  private static List<Message> messages(Document conversation) {
    return conversation.items().stream()
        .map(m -> new Message(m.at("role").text(), m.at("content").text()))
        .toList();
  }

  @Test
  void theGoldenHasTextsAndRefusals() {
    long refused =
        templates()
            .flatMap(template -> template.at("texts").items().stream())
            .flatMap(texts -> texts.at("texts").items().stream())
            .filter(text -> !text.isText())
            .count();
    assertTrue(templates().count() >= 12 && refused >= 5, () -> "refused " + refused);
  }

  @Test
  void filesGoBeforeTheConfig() throws IOException {
    assertEquals("key", template("key").render(HELLO, true));
    file("chat_template.jinja", "file");
    assertEquals("file", Chat.open(directory, CLOCK).render(HELLO, true));
    file("additional_chat_templates/tool_use.jinja", "tools");
    assertEquals("file", Chat.open(directory, CLOCK).render(HELLO, true));
  }

  @Test
  void ofSeveralTemplatesTheDefaultIsTaken() throws IOException {
    Map<String, String> tools = Map.of("name", "tool_use", "template", "tools");
    assertTrue(
        refusal(() -> template("{{ bos_token }}"))
            .startsWith(directory + "/tokenizer_config.json"));
    Map<String, String> plain = Map.of("name", "default", "template", "plain");
    assertEquals(
        "plain", config(Map.of("chat_template", List.of(tools, plain))).render(HELLO, true));
    String none = "has no chat template: neither chat_template.jinja nor chat_template of";
    assertTrue(refusal(() -> config(Map.of("chat_template", List.of(tools)))).contains(none));
    file("additional_chat_templates/tool_use.jinja", "tools");
    assertTrue(refusal(() -> template("key")).contains(none));
  }

  @Test
  void aCheckpointWithoutATemplateIsTold() {
    assertEquals(
        directory
            + " has no chat template: neither chat_template.jinja nor chat_template of"
            + " tokenizer_config.json.\nMaybe it is a base model; ask it without a chat.",
        refusal(() -> Chat.open(directory, CLOCK)));
  }

  @Test
  void specialTokensAreTextOrContentAndNoneWhereNull() throws IOException {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("chat_template", "{{ bos_token }}|{{ eos_token }}|{{ pad_token is defined }}");
    config.put("tokenizer_class", "LlamaTokenizer");
    config.put("bos_token", Map.of("__type", "AddedToken", "content", "<s>"));
    config.put("eos_token", "</s>");
    config.put("pad_token", null);
    assertEquals("<s>|</s>|False", config(config).render(HELLO, true));
  }

  @Test
  void theMapOfSpecialTokensCountsWhereTheConfigLacksItsTokens() throws IOException {
    file("special_tokens_map.json", "{\"bos_token\": {\"content\": \"<map>\"}}");
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("chat_template", "{{ bos_token }}");
    config.put("bos_token", "<config>");
    assertEquals("<map>", config(config).render(HELLO, true));
    config.put("added_tokens_decoder", Map.of());
    assertEquals("<config>", config(config).render(HELLO, true));
  }

  @Test
  void aTokenThatOnlyTransformersWouldKnowIsAskedFor() throws IOException {
    Map<String, String> config =
        Map.of("chat_template", "{{ eos_token }}", "tokenizer_class", "GPT2Tokenizer");
    assertEquals(
        """
        %s: eos_token is missing, but the chat template names it.
        Maybe add it, as null where the model has none; GPT2Tokenizer may have one of its own."""
            .formatted(directory.resolve("tokenizer_config.json")),
        refusal(() -> config(config)));
    assertTrue(
        refusal(() -> template("{{ bos_token }}"))
            .startsWith(directory + "/tokenizer_config.json"));
    Map<String, String> plain =
        Map.of("chat_template", "[{{ eos_token }}]", "tokenizer_class", "PreTrainedTokenizerFast");
    assertEquals("[]", config(plain).render(HELLO, true));
  }

  @Test
  void whatIsWrongIsToldWithFileAndLine() throws IOException {
    String key = directory.resolve("tokenizer_config.json") + ": chat_template, line ";
    assertEquals(
        key + "2 of the template: it refuses this conversation: No user here!.",
        refusal(() -> template("x\n{{ raise_exception('No user here!') }}").render(HELLO, true)));
    assertEquals(
        key + "3 of the template: found 'k', expected }}.",
        refusal(() -> template("x\n\n{{ n k }}")));
    assertEquals(
        key + "1 of the template: 'tool' is undefined.",
        refusal(() -> template("{{ tool.name }}").render(HELLO, true)));
    Path file = file("chat_template.jinja", "{% for m in messages %}");
    assertEquals(
        file + ", line 1 of the template: found the end of the template, expected {% endfor %}.",
        refusal(() -> Chat.open(directory, CLOCK)));
  }

  @Test
  void theDateIsTheClocks() throws IOException {
    assertEquals(
        "Sat Saturday Mar March 07 7 03/07/26 2026-03-07 09 09 066 03 05 AM 02 26 2026 %",
        template("{{ strftime_now('%a %A %b %B %d %-d %D %F %H %I %j %m %M %p %S %y %Y %%') }}")
            .render(HELLO, true));
    assertTrue(
        refusal(() -> template("{{ strftime_now('%c') }}").render(HELLO, true))
            .contains("strftime of '%c' is not supported here"));
  }

  @Test
  void aMessagePrintsAsADictOfRoleAndContent() throws IOException {
    assertEquals(
        "{'role': 'user', 'content': 'Hello'} {\"role\": \"user\", \"content\": \"Hello\"}",
        template("{{ messages[0] }} {{ messages[0]|tojson }}").render(HELLO, true));
  }
}
