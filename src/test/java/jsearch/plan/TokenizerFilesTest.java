package jsearch.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.document.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerFilesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/jsearch/plan/tokens");
  private static final String TEMPLATE = "{% for m in messages %}é{{ m }}{% endfor %}\n";

  @TempDir private Path directory;

  private Path out;
  private TokenParents parents;

  @BeforeEach
  void open() throws IOException {
    out = Files.createDirectory(directory.resolve("out"));
  }

  private Path source(String name, String source) throws IOException {
    Document rows = Document.json(GOLDEN.resolve(name).resolve("golden.json")).at("rows");
    parents = new TokenParents(directory);
    for (String which : List.of("base", "donor")) {
      int count = rows.at(which).integer(1, 100);
      parents.add(which, count, GOLDEN.resolve(name).resolve(which));
    }
    return directory.resolve(source.equals("union") ? "base" : source);
  }

  private void write(Path source, String alignedTo, Optional<String> template) throws IOException {
    Optional<String> name = Optional.of(alignedTo).filter(text -> !text.equals("union"));
    new TokenizerFiles(source, Optional.of(Alignment.of(parents.map(), name)), template).write(out);
  }

  private Set<String> written() throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "words, union",
    "words, base",
    "bpe, union",
    "bpe, base",
    "bpe, donor",
    "unigram, union",
    "unigram, donor",
  })
  void filesSayWhatMergekitsSay(String name, String source) throws IOException {
    write(source(name, source), source, Optional.empty());
    Document expected =
        Document.json(GOLDEN.resolve(name).resolve("golden.json")).at("sources").at(source);
    assertEquals(
        expected.at("tokenizer").value(), Document.json(out.resolve("tokenizer.json")).value());
    Document config = Document.json(out.resolve("tokenizer_config.json"));
    assertEquals(
        expected.at("added_tokens_decoder").value(), config.at("added_tokens_decoder").value());
  }

  @ParameterizedTest
  @CsvSource({"bpe", "unigram"})
  void allButTheAddedTokensStaysCharacterByCharacter(String name) throws IOException {
    Path source = source(name, "union");
    write(source, "union", Optional.empty());
    String was = Document.readText(source.resolve("tokenizer.json"));
    String is = Document.readText(out.resolve("tokenizer.json"));
    int end = was.indexOf("\n  ],");
    assertTrue(is.startsWith(was.substring(0, end)), is);
    assertTrue(is.endsWith(was.substring(end)), is);
    assertTrue(is.length() > was.length());
  }

  @Test
  void theVocabularyOfAParentIsItsFiles() throws IOException {
    Path source = source("bpe", "donor");
    write(source, "donor", Optional.empty());
    for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
      assertEquals(-1, Files.mismatch(source.resolve(file), out.resolve(file)), file);
    }
  }

  @Test
  void olderFilesAreCompletedOrHoldWithoutThat() throws IOException {
    Path source = source("words", "union");
    Files.writeString(source.resolve("added_tokens.json"), "{\"<pad>\": 7, \"<gone>\": 12}");
    for (String file : List.of("tokenizer.model", "vocab.json", "special_tokens_map.json")) {
      Files.writeString(source.resolve(file), file);
    }
    write(source, "union", Optional.empty());
    assertEquals(
        Map.of("<pad>", 7L, "d", 8L, "<|im_start|>", 9L, "<|x|>", 10L),
        Document.json(out.resolve("added_tokens.json")).value());
    for (String file : List.of("tokenizer.model", "vocab.json", "special_tokens_map.json")) {
      assertEquals(file, Document.readText(out.resolve(file)));
    }
  }

  @Test
  void aTokenWithoutARowLeavesAllLists() throws IOException {
    Path source = source("words", "donor");
    Files.writeString(source.resolve("added_tokens.json"), "{\"<|x|>\": 8, \"<over>\": 9}");
    write(source, "donor", Optional.empty());
    for (String file : List.of("tokenizer.json", "tokenizer_config.json", "added_tokens.json")) {
      String text = Document.readText(out.resolve(file));
      assertTrue(text.contains("<|x|>"), text);
      assertFalse(text.contains("<over>"), text);
    }
  }

  @Test
  void aTemplateStandsInItsFileAndWhereTheConfigHadOne() throws IOException {
    Path source = source("bpe", "base");
    Files.writeString(source.resolve("chat_template.json"), "{}");
    Path config = source.resolve("tokenizer_config.json");
    String was = Document.readText(config);
    Files.writeString(config, was.replaceFirst("\\{", "{\n  \"chat_template\": [],"));
    write(source, "base", Optional.of(TEMPLATE));
    assertEquals(
        Set.of("tokenizer.json", "tokenizer_config.json", "chat_template.jinja"), written());
    assertEquals(TEMPLATE, Document.readText(out.resolve("chat_template.jinja")));
    Document merged = Document.json(out.resolve("tokenizer_config.json"));
    assertEquals(TEMPLATE, merged.at("chat_template").text());
    Files.writeString(config, was);
    assertTrue(was.contains("1000000000000000019884624838656"));
    assertTrue(
        Document.readText(out.resolve("tokenizer_config.json"))
            .contains("1000000000000000019884624838656"));
  }

  @Test
  void withoutATemplateTheSourcesAreCopied() throws IOException {
    Path source = source("bpe", "base");
    Files.writeString(source.resolve("chat_template.jinja"), TEMPLATE);
    Path more = Files.createDirectory(source.resolve("additional_chat_templates"));
    Files.writeString(more.resolve("tools.jinja"), "tools");
    write(source, "base", Optional.empty());
    assertEquals(TEMPLATE, Document.readText(out.resolve("chat_template.jinja")));
    assertEquals("tools", Document.readText(out.resolve("additional_chat_templates/tools.jinja")));
  }
}
