package jsearch.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Writer;
import jsearch.template.Callable;
import jsearch.template.Dialect;
import jsearch.template.Jinja;
import jsearch.template.TemplateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
  private static final Path GOLDEN = Path.of("src/test/resources/jsearch/plan/chat_templates.json");

  private static final Dialect TRANSFORMERS = new Dialect(true, true, false, false, Map.of());

  @TempDir private Path directory;

  private final List<Checkpoint> parents = new ArrayList<>();

  /** A parent with this tokenizer_config.json, and this chat_template.jinja unless null. */
  private void parent(Map<String, Object> config, String file) throws IOException {
    Path path = new TinyCheckpoint().layers(1).write(directory.resolve("p" + parents.size()));
    Files.writeString(path.resolve("tokenizer_config.json"), Writer.json(config));
    if (file != null) {
      Files.writeString(path.resolve("chat_template.jinja"), file);
    }
    parents.add(Checkpoint.open(path));
  }

  private static Map<String, Object> keyed(Object template) {
    return Map.of("chat_template", template);
  }

  private static Optional<String> render(String template, Document golden) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("messages", golden.at("messages").value());
    values.put("add_generation_prompt", golden.at("add_generation_prompt").bool());
    values.put("bos_token", "<s>");
    values.put("eos_token", "</s>");
    Callable refuse =
        arguments -> {
          throw new TemplateException(arguments.bind("raise_exception", "message").text("message"));
        };
    values.put("raise_exception", refuse);
    try {
      return Optional.of(Jinja.parse(template, TRANSFORMERS).render(values));
    } catch (TemplateException e) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"alpaca", "chatml", "exaone", "llama3", "mistral"})
  void aNamedTemplateRendersAsMergekits(String name) {
    String template = ChatTemplate.of(name, List.of()).orElseThrow();
    List<Document> cases = Document.json(GOLDEN).at("cases").items();
    assertEquals(30, cases.size());
    for (Document golden : cases) {
      Optional<String> expected = golden.at("texts").find(name).map(Document::text);
      assertEquals(expected, render(template, golden), golden.at("messages").value().toString());
    }
  }

  @Test
  void autoTakesWhatMostParentsHaveWithoutOuterSpace() throws IOException {
    parent(keyed("{{ one }}"), null);
    parent(keyed("{{ two }}\n"), null);
    parent(keyed("{{ ignored }}"), " {{ two }}");
    assertEquals(Optional.of("{{ two }}"), ChatTemplate.of("auto", parents));
  }

  @Test
  void autoTakesTheFirstOfEquals() throws IOException {
    parent(Map.of(), null);
    parent(keyed("{{ one }}"), null);
    parent(keyed("{{ two }}"), null);
    assertEquals(Optional.of("{{ one }}"), ChatTemplate.of("auto", parents));
  }

  @Test
  void autoTakesTheDefaultOfSeveral() throws IOException {
    List<Map<String, String>> several =
        List.of(
            Map.of("name", "tool_use", "template", "{{ tools }}"),
            Map.of("name", "default", "template", "{{ plain }}"));
    parent(keyed(several), null);
    assertEquals(Optional.of("{{ plain }}"), ChatTemplate.of("auto", parents));
  }

  @Test
  void autoIsEmptyWhereNoParentHasOne() throws IOException {
    parent(Map.of(), null);
    parent(keyed(" \n"), null);
    assertEquals(Optional.empty(), ChatTemplate.of("auto", parents));
  }

  @Test
  void aTemplateIsTakenAsItStands() {
    String text = "{% for m in messages %}{{ m }}{% endfor %}\n";
    assertEquals(Optional.of(text), ChatTemplate.of(text, List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vicuna", "{{ too short }}", "no braces but more than twenty letters"})
  void whatIsNeitherNameNorTemplateIsRefused(String asked) {
    InputException e = assertThrows(InputException.class, () -> ChatTemplate.of(asked, List.of()));
    assertTrue(e.getMessage().startsWith("chat_template is " + asked), e.getMessage());
  }
}
