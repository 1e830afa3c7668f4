package jsearch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.Document;
import jsearch.run.TinyPair;
import jsearch.torch.OutOfDeviceMemoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandLineTest {
  private record Result(int code, String out, String err) {}

  @TempDir Path temp;

  private static Result run(CommandLine line, Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setUsageHelpAutoWidth(false);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int code = Main.run(line, Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    return new Result(code, out.toString(), err.toString());
  }

  private static Result run(Object... words) {
    return run(Main.commandLine(), words);
  }

  private TinyPair pair() {
    return TinyPair.write(temp.resolve("pair"));
  }

  private Result search(TinyPair pair, Object... more) {
    Object[] words = {
      "--base", pair.base(), "--donor", pair.donor(), "--eval", pair.suite(), "--device", "cpu"
    };
    Object[] all = Arrays.copyOf(words, words.length + more.length + 2);
    System.arraycopy(more, 0, all, words.length, more.length);
    all[all.length - 2] = "--out";
    all[all.length - 1] = temp.resolve("study");
    return run(all);
  }

  private void assertRefused(Result result, String... words) {
    assertEquals(2, result.code(), result.err());
    assertEquals("", result.out());
    assertTrue(result.err().startsWith("jsearch: "), result.err());
    for (String word : words) {
      assertTrue(result.err().contains(word), () -> word + " is not in " + result.err());
    }
    assertFalse(Files.exists(temp.resolve("study")));
    assertFalse(result.err().contains("Exception"), result.err());
  }

  @ParameterizedTest
  @CsvSource({"jsearch,''", "search,search", "resume,resume", "inspect,inspect", "eval,eval"})
  void helpIsSealed(String file, String command) throws IOException {
    Result result = command.isEmpty() ? run("--help") : run(command, "--help");
    assertEquals(0, result.code());
    try (InputStream in = CommandLineTest.class.getResourceAsStream("help-" + file + ".txt")) {
      assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), result.out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "eval --version", "resume -V"})
  void versionNamesWhatTheNumbersDependOn(String words) {
    Result result = run((Object[]) words.split(" "));
    assertEquals(0, result.code());
    assertTrue(
        result.out().matches("jsearch \\d+\\.\\d+\\.\\d+ \\(djl [\\d.]+, java \\d+\\)\\R"),
        result.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--bugdet=3          | Unknown option: '--bugdet=3' | jsearch --help",
        "--seed x            | Invalid value for option '--seed': 'x' is not a long | --help",
        "--budget 1.5        | Invalid value for option '--budget': '1.5' is not an int | --help",
        "resume              | Missing required parameter: 'DIR' | jsearch resume --help",
        "inspect a           | Missing required parameter: 'DONOR' | jsearch inspect --help",
        "--seed 2 resume x   | --seed stands before resume, expected after it. | jsearch resume",
        "frobnicate          | frobnicate | jsearch --help",
      })
  void aWordThatIsNotUnderstoodIsNamed(String words, String message, String help) {
    Result result = run((Object[]) words.split(" "));
    assertRefused(result, message, "Maybe see: ", help);
  }

  @Test
  void parentsComeTogetherAndWithASuite() {
    assertRefused(run("--base", "x"), "--base and --donor come together; only one of them");
    assertRefused(run("--donor", "x"), "--base and --donor come together; only one of them");
    assertRefused(
        run("--base", "x", "--donor", "y"),
        "--eval is missing: it says what the merge of x and y should be good at.",
        "Maybe begin with a copy of ");
  }

  @Test
  void optionsOutsideTheirRangeAreRefusedBeforeAnythingIsWritten() {
    TinyPair pair = pair();
    assertRefused(search(pair, "--budget", 0), "--budget is 0, expected at least 1.");
    assertRefused(search(pair, "--space", "rmap"), "--space is rmap, expected a file or a name in");
    assertRefused(
        search(pair, "--optimizer", "adam"),
        "Optimizer \"adam\" is unknown, expected one of: cmaes, genetic, random.");
    assertRefused(run("--device", "tpu"), "");
    Result device = run("eval", pair.base(), "--eval", pair.suite(), "--device", "tpu");
    assertRefused(device, "Device is tpu, expected auto, cpu, gpu or gpu:N.");
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    TinyPair pair = pair();
    new TinyCheckpoint().layers(3).shards(2).write(pair.base());
    Files.delete(pair.base().resolve("model.safetensors"));
    Files.delete(pair.base().resolve("model-00002-of-00002.safetensors"));
    assertRefused(search(pair), pair.base().toString(), "model-00002-of-00002.safetensors");
  }

  @Test
  void aTensorWithNaNIsNamed() {
    TinyPair pair = pair();
    TinyPair.fill(pair.donor(), "model.layers.1.mlp.up_proj.weight", Float.NaN);
    String[] words = {
      "model.layers.1.mlp.up_proj.weight", pair.donor().toString(), "NaN", "expected finite weights"
    };
    assertRefused(search(pair), words);
    assertRefused(run("eval", pair.donor(), "--eval", pair.suite(), "--device", "cpu"), words);
    assertRefused(
        run("inspect", pair.base(), pair.donor(), "--eval", pair.suite(), "--device", "cpu"),
        words);
  }

  @Test
  void aTensorOfAnotherShapeIsNamedWithBothShapes() {
    TinyPair pair = pair();
    new TinyCheckpoint().layers(3).intermediate(32).write(pair.donor());
    assertRefused(search(pair), "mlp.", "proj.weight", "24", "32");
  }

  @Test
  void anArchitectureThatIsNotSupportedIsNamedWithThoseThatAre() {
    TinyPair pair = pair();
    for (Path parent : List.of(pair.base(), pair.donor())) {
      new TinyCheckpoint()
          .layers(3)
          .config("architectures", List.of("GPT2LMHeadModel"))
          .config("model_type", "gpt2")
          .write(parent);
    }
    assertRefused(search(pair), "config.json: model_type is \"gpt2\", expected", "llama");
  }

  @Test
  void aTaskWithoutItemsIsNamed() {
    TinyPair pair = pair();
    pair.write("items.jsonl", "");
    assertRefused(search(pair), "items.jsonl", "expected");
  }

  @Test
  void aMalformedTaskIsNamedWithTheLine() {
    TinyPair pair = pair();
    pair.write("items.jsonl", "{\"q\": \"1\", \"a\": 0}\n{\"q\": \"2\", \"a\":\n");
    assertRefused(search(pair), "items.jsonl", "2");
    pair.write("task.yaml", "task: x\noutput_type: essay\n");
    assertRefused(search(pair), "task.yaml", "essay", "expected");
    pair.write("suite.yaml", "suite: x\ntasks: [{task: task.yaml, serach: 4}]\n");
    assertRefused(search(pair), "suite.yaml", "serach");
  }

  @Test
  void aDirectoryInUseByAnythingIsTroubleWithTheStudyAndStaysAsItIs() throws IOException {
    Path kept = Files.createDirectories(temp.resolve("study")).resolve("thesis.txt");
    Files.writeString(kept, "mine");
    Result result = search(pair());
    assertEquals(3, result.code());
    assertTrue(result.err().contains("holds thesis.txt, expected a new or empty"), result.err());
    assertEquals(List.of(kept), Files.list(temp.resolve("study")).toList());
  }

  @Test
  void whatIsNoStudyCannotGoOn() {
    Result result = run("resume", temp.resolve("nothing"));
    assertEquals(3, result.code());
    assertTrue(
        result.err().startsWith("jsearch: " + temp.resolve("nothing/study.yaml") + " does not"),
        result.err());
  }

  @Test
  void aSearchShowsCompatibilityThenTheTableThenItsFiles() {
    Result result = search(pair(), "--budget", 1);
    assertEquals(0, result.code(), result.err());
    assertEquals("", result.err());
    String out = result.out();
    assertTrue(out.startsWith("Searching ramp in " + temp.resolve("study") + " on cpu: 4 items ("));
    assertTrue(out.indexOf("S = ") < out.indexOf("to best parent, confirm"), out);
    assertTrue(out.indexOf("to best parent, confirm") < out.indexOf("Files in "), out);
    for (String file : List.of("recipe.yaml", "summary.json", "journal.log", "study.yaml")) {
      assertTrue(Files.exists(temp.resolve("study").resolve(file)), file);
    }
    Result again = search(new TinyPair(temp.resolve("pair")), "--budget", 1);
    assertEquals(3, again.code());
    assertTrue(again.err().contains("is a study already"), again.err());
  }

  @Test
  void inspectAndEvalPrintOneJsonObjectEach() {
    TinyPair pair = pair();
    Result inspect =
        run("inspect", pair.base(), pair.donor(), "--eval", pair.suite(), "--device=cpu", "--json");
    assertEquals(1.0, object(inspect).get("overlap")); // one tokenizer
    Result eval = run("eval", pair.base(), "--eval", pair.suite(), "--device=cpu", "--json");
    assertEquals(List.of("search", "confirm"), List.copyOf(object(eval).keySet()));
    Result table = run("eval", pair.base(), "--eval", pair.suite(), "--device=cpu");
    assertTrue(table.out().contains("letters  acc     8      "), table.out());
  }

  private static Map<?, ?> object(Result result) {
    assertEquals(0, result.code(), result.err());
    assertEquals("", result.err());
    return (Map<?, ?>) Document.json("stdout", result.out()).value();
  }

  @Command(name = "fail")
  private record Failing(Throwable fault) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      if (fault instanceof Error error) {
        throw error;
      }
      throw (Exception) fault;
    }
  }

  private static Result fail(Throwable fault) {
    return run(Main.commandLine().addSubcommand(new Failing(fault)), "fail");
  }

  @Test
  void aFaultOfOursIsReportedWithItsTrace() {
    for (Throwable fault : List.of(new IllegalStateException("oops"), new StackOverflowError())) {
      Result result = fail(fault);
      assertEquals(70, result.code());
      assertTrue(result.err().startsWith("jsearch: this is a bug of jsearch"), result.err());
      assertTrue(result.err().contains("at jsearch.cli.CommandLineTest"), result.err());
    }
  }

  @Test
  void aFullHeapIsNoBugButAskedForMore() {
    Result result = fail(new OutOfMemoryError("Java heap space"));
    assertEquals(2, result.code());
    assertEquals(
        """
        jsearch: Java has too little memory: Java heap space
        Maybe give it more: JSEARCH_JAVA_OPTS=-Xmx8g
        """,
        result.err());
  }

  @Test
  void tooLittleDeviceMemoryIsNoBugAndOneLineOfTheTraceIsEnough() throws Exception {
    // Only the engine makes these.
    Constructor<OutOfDeviceMemoryException> maker =
        OutOfDeviceMemoryException.class.getDeclaredConstructor(String.class, Throwable.class);
    maker.setAccessible(true);
    Result result =
        fail(
            maker.newInstance(
                "merge.blend: The following operation failed.\nTraceback of TorchScript:\n"
                    + "  CUDA out of memory. Tried to allocate 2.00 GiB.\n  at frame #1\n",
                null));
    assertEquals(2, result.code());
    assertEquals(
        """
        jsearch: the device has too little memory: CUDA out of memory. Tried to allocate 2.00 GiB.
        Maybe stop what else runs on it, or name another by --device.
        """,
        result.err());
  }
}
