package jsearch.cli;

import static jsearch.cli.Commands.assertRefused;
import static jsearch.cli.Commands.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.cli.Commands.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
  private static final String PROMPT = "quarantotto - dieci =";

  @TempDir private Path temp;

  private Path tiny() {
    return new TinyCheckpoint().write(temp.resolve("tiny"));
  }

  private static Result generate(Object model, Object... more) {
    Object[] words = new Object[more.length + 4];
    words[0] = "generate";
    words[1] = model;
    words[2] = "--device";
    words[3] = "cpu";
    System.arraycopy(more, 0, words, 4, more.length);
    return run(words);
  }

  private static Result said(String input, Object model, Object... more) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return generate(model, more);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void theBundledCalculatorAnswersAndTellsItsSpeed() {
    // transformers 5 too reads 10 tokens and writes 5: a space, 4, 2, a line end and </s>.
    Result result = generate(Home.bundledBase(), "--prompt", "12 + 30 =", "--max-new-tokens", 20);
    assertEquals(0, result.code(), result.err());
    assertEquals("42", result.out().strip());
    assertTrue(
        result
            .err()
            .matches(
                "Prompt of 10 tokens read in \\d+\\.\\d\\d s; 5 tokens written in \\d+\\.\\d\\d s"
                    + " \\([\\d.]+ tokens/s after the first\\),"
                    + " stopped at the end-of-sequence token\\.\\R"),
        result.err());
  }

  @Test
  void whatEndedAnAnswerIsTold() {
    Object prompt = "12 + 30 =";
    String two = generate(Home.bundledBase(), "--prompt", prompt, "--max-new-tokens", 2).err();
    assertTrue(two.contains("; 2 tokens written in "), two);
    assertTrue(two.endsWith(", stopped at --max-new-tokens 2." + System.lineSeparator()), two);
    String one = generate(Home.bundledBase(), "--prompt", prompt, "--max-new-tokens", 1).err();
    assertTrue(one.contains("; 1 token written, stopped at --max-new-tokens 1."), one);
    String all = generate(tiny(), "--prompt", "a", "--max-new-tokens", 1_000_000).err();
    assertTrue(all.contains("stopped at the end of the model's context"), all);
  }

  @Test
  void keysThatNothingReadsAreNamedOnceBeforeTheAnswer() {
    Path model =
        new TinyCheckpoint()
            .config("_attn_implementation_autoset", true)
            .config("internal_version", "7b")
            .config("document_attention", true)
            .write(temp.resolve("tiny"));
    Result result = generate(model, "--prompt", "a", "--max-new-tokens", 1);
    assertEquals(0, result.code(), result.err());
    assertEquals(
        "Warning: %s: keys that transformers does not read for model_type llama are ignored: "
                .formatted(model.resolve("config.json"))
            + "internal_version = \"7b\", document_attention = true.",
        result.err().lines().findFirst().orElseThrow());
  }

  @Test
  void thePromptMayComeFromStandardInput() {
    Result given = generate(Home.bundledBase(), "--prompt", PROMPT);
    assertEquals(given.out(), said(PROMPT + "\n", Home.bundledBase()).out());
    assertEquals(given.out(), said(PROMPT, Home.bundledBase(), "--prompt", "-").out());
  }

  /** The bundled base with this chat template. */
  private Path chatting(String template) throws IOException {
    Path copy = Files.createDirectory(temp.resolve("chatting"));
    try (Stream<Path> files = Files.list(Home.bundledBase())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Files.writeString(copy.resolve("chat_template.jinja"), template);
    return copy;
  }

  @Test
  void aChatIsAnsweredAsTheTextThatItsTemplateMakesOfIt() throws IOException {
    Path model =
        chatting("{{ '<s>' }}{% for m in messages %}{{ m.content }} {% endfor %}{{ '=' }}");
    Result chat = generate(model, "--chat", "--system", "12 +", "--prompt", "30");
    assertEquals(0, chat.code(), chat.err());
    assertEquals(generate(model, "--prompt", "12 + 30 =").out(), chat.out());
    assertEquals(chat.out(), said("30\n", model, "--chat", "--system", "12 +").out());
  }

  @Test
  void whatIsWrongWithAChatIsNamed() throws IOException {
    Path model = chatting("{{ raise_exception('Not today.') }}");
    assertRefused(
        generate(model, "--chat", "--prompt", "a"),
        "chat_template.jinja, line 1 of the template: it refuses this conversation: Not today.");
    assertRefused(
        generate(model, "--system", "be brief", "--prompt", "a"),
        "--system is given without --chat, expected both.");
    assertRefused(generate(tiny(), "--chat", "--prompt", "a"), "tiny has no chat template: ");
  }

  @Test
  void noMoreTokensAreWrittenThanAskedForNorThanFit() {
    Path tiny = tiny();
    // One byte a token, but bytes that are no text on their own are shown by three.
    Result one = generate(tiny, "--prompt", "a", "--max-new-tokens", 1);
    assertEquals(0, one.code(), one.err());
    assertTrue(one.out().strip().codePointCount(0, one.out().strip().length()) <= 1, one.out());
    assertEquals(0, generate(tiny, "--prompt", "a", "--max-new-tokens", 1_000_000).code());
  }

  @Test
  void whatIsWrongIsNamed() {
    Path tiny = tiny();
    assertRefused(
        generate(tiny, "--prompt", "a", "--max-new-tokens", 0),
        "--max-new-tokens is 0, expected at least 1.");
    assertRefused(
        generate(tiny, "--prompt", "a".repeat(5000)),
        "The prompt has 5001 tokens, expected fewer than the model's ");
    assertRefused(generate(temp.resolve("nothing"), "--prompt", "a"), "nothing does not exist");
  }
}
