package jsearch.cli;

import static jsearch.cli.Commands.assertRefused;
import static jsearch.cli.Commands.run;
import static jsearch.cli.Commands.search;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jsearch.cli.Commands.Result;
import jsearch.document.Document;
import jsearch.run.TinyPair;
import jsearch.study.StudySpec;
import jsearch.torch.OutOfDeviceMemoryException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class CommandLineTest {
  @TempDir Path temp;
  private Path study;

  @BeforeEach
  void nameStudy() {
    study = temp.resolve("study");
  }

  private TinyPair pair() {
    return TinyPair.write(temp.resolve("pair"));
  }

  @ParameterizedTest
  @CsvSource({
    "jsearch,''",
    "search,search",
    "resume,resume",
    "status,status",
    "watch,watch",
    "list,list",
    "show,show",
    "export,export",
    "inspect,inspect",
    "merge,merge",
    "eval,eval",
    "generate,generate",
    "doctor,doctor",
    "completion,completion",
    "man,man"
  })
  void helpIsSealed(String file, String command) throws IOException {
    Result result = command.isEmpty() ? run("--help") : run(command, "--help");
    assertEquals(0, result.code());
    try (InputStream in = CommandLineTest.class.getResourceAsStream("help-" + file + ".txt")) {
      assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), result.out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "eval --version", "merge --version", "resume -V"})
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
        "--bugdet=3          | Unknown option --bugdet of jsearch.;Maybe you mean --budget. | jsearch",
        "-seed 3             | Unknown option -seed of jsearch.;Maybe you mean --seed. | jsearch",
        "eval m --forse      | Unknown option --forse of jsearch eval.;Maybe you mean --force. | eval",
        "status x --frobnify | Unknown option --frobnify of jsearch status. | jsearch status",
        "status x --fork y   | --fork is no option of jsearch status, but of jsearch resume. | status",
        "merge a b --chat    | --chat is no option of jsearch merge, but of jsearch eval and jsearch generate. | merge",
        "--seed x            | --seed is x, expected a whole number. | jsearch",
        "--budget 1.5        | --budget is 1.5, expected a whole number. | jsearch",
        "--budget 9999999999 | --budget is 9999999999, expected a whole number up to 2,147,483,647. | jsearch",
        "--budget=           | --budget is empty, expected a whole number. | jsearch",
        "--target x          | --target is x, expected a number. | jsearch",
        "--budget            | --budget has no value, expected N. | jsearch",
        "--budget 1 --budget 2 | --budget is given twice, expected once. | jsearch",
        "--base= --donor x   | --base is empty, expected MODEL. | jsearch",
        "--color sometimes   | --color is sometimes, expected one of: auto, always, never. | jsearch",
        "merge a b --method papr | --method is papr, expected one of: mergekit, paper.;Maybe you mean paper. | merge",
        "merge a b --shard-size 5x | --shard-size is 5x, expected a size such as 5GB, 500MB or 2GiB. | merge",
        "export xml x        | FORMAT is xml, expected csv. | jsearch export",
        "resume              | DIR is missing, expected jsearch resume DIR. | jsearch resume",
        "inspect a           | DONOR is missing, expected jsearch inspect BASE DONOR. | jsearch inspect",
        "inspect a b c       | c is one argument too many, expected jsearch inspect BASE DONOR. | inspect",
        "--seed 2 resume x   | --seed stands before resume, expected after it. | jsearch resume",
        "frobnicate          | Unknown command frobnicate, expected one of: search, resume, | jsearch",
        "serch --budget 3    | Unknown command serch, expected one of: search, resume, | Maybe you mean search.",
        "help                | Unknown command help, expected one of: search, resume, | Maybe you mean --help.",
      })
  void aWordThatIsNotUnderstoodIsNamed(String words, String message, String help) {
    Result result = run((Object[]) words.split(" "));
    assertRefused(result, message.replace(';', '\n'), "Maybe see: ", help, " --help");
    Result lean =
        run(Grammar.of(Screen.PLAIN, List.of(words.split(" "))), (Object[]) words.split(" "));
    assertEquals(result, lean);
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
  void aDirectoryInUseByAnythingIsTroubleWithTheStudyAndStaysAsItIs() throws IOException {
    Path kept = Files.createDirectories(study).resolve("thesis.txt");
    Files.writeString(kept, "mine");
    Result result = search(pair(), study);
    assertEquals(3, result.code());
    assertTrue(result.err().contains("holds thesis.txt, expected a new or empty"), result.err());
    assertEquals(List.of(kept), Files.list(study).toList());
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
    Result result = search(pair(), study, "--budget", 1);
    assertEquals(0, result.code(), result.err());
    assertEquals("", result.err());
    assertTrue(
        result
            .loading()
            .matches(
                "Loading base \\S+/base \\(14\\.3K parameters, float32, 57\\.3 kB\\) and donor"
                    + " \\S+/donor \\(14\\.3K parameters, float32, 57\\.3 kB\\) on the CPU \\.\\.\\.\\R"),
        result.loading());
    String out = result.out();
    assertTrue(out.startsWith("Searching ramp in " + study + " on cpu: 4 items ("));
    assertTrue(out.indexOf("S = ") < out.indexOf("to best parent, confirm"), out);
    assertTrue(out.indexOf("to best parent, confirm") < out.indexOf("Files in "), out);
    for (String file : List.of("recipe.yaml", "summary.json", "journal.log", "study.yaml")) {
      assertTrue(Files.exists(study.resolve(file)), file);
    }
    Result again = search(new TinyPair(temp.resolve("pair")), study, "--budget", 1);
    assertEquals(3, again.code());
    assertTrue(again.err().contains("is a study already"), again.err());
  }

  @ParameterizedTest
  @CsvSource({
    "70, 0.7, 70.0",
    "0.7, 0.7, 70.0",
    "100, 1.0, 100.0",
    "1, 1.0, 100.0",
    "1.5, 0.015, 1.5",
    "-2, -2.0, -200.0"
  })
  void aTargetIsInPointsOrAFractionAndToldInPoints(String target, double fraction, String points) {
    Result result = search(pair(), study, "--budget", 1, "--target", target);
    assertEquals(0, result.code(), result.err());
    assertTrue(
        result.out().contains("It ends once a merge scores %s points on ".formatted(points)),
        result.out());
    assertEquals(fraction, StudySpec.read(study).limits().target().orElseThrow());
    assertTrue(StudySpec.read(study).repeatCommand().contains("--target " + fraction));
  }

  @Test
  void aSearchThatReachesALimitSaysSoAndIsFinished() {
    Result result = search(pair(), study, "--budget", 9, "--target", "0", "--workers", 2);
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("Ended by its target, after 0 of 9 proposals."), result.out());
    Document summary = Document.json(study.resolve("summary.json"));
    assertEquals("target", summary.at("ended_by").text());
    // Trial 2 reaches it while trial 3 runs, which is finished.
    assertEquals(4, summary.at("trials").integer(0, 100));
  }

  @Test
  void aStudyIsEndedByATimeLimitOfNothing() {
    assertEquals(0, search(pair(), study, "--budget", 1, "--time-limit", "8h").code());
    Result result = run("resume", study, "--time-limit", "0s", "--json");
    assertEquals(0, result.code(), result.err());
    assertEquals("budget", Document.json("summary", result.out()).at("ended_by").text());
  }

  @Test
  void trialsThatFailAreToldWithAReason() {
    TinyPair pair = pair();
    pair.makeMergesOverflow();
    Result result = search(pair, study, "--budget", 1);
    assertEquals(0, result.code(), result.err());
    assertTrue(
        result
            .err()
            .matches(
                "(?s).*Warning: \\d+ of 12 trials failed; the first was trial 2 \\(global global-0.5\\):"
                    + " the score is NaN\\R"),
        result.err());
  }

  @Test
  void inspectAndEvalPrintOneJsonObjectEach() {
    TinyPair pair = pair();
    Result inspect =
        run("inspect", pair.base(), pair.donor(), "--eval", pair.suite(), "--device=cpu", "--json");
    assertEquals(1.0, object(inspect).get("overlap")); // one tokenizer
    Result eval = run("eval", pair.base(), "--eval", pair.suite(), "--device=cpu", "--json");
    assertEquals(List.of("search", "confirm", "timing"), List.copyOf(object(eval).keySet()));
    Map<?, ?> timing = (Map<?, ?>) object(eval).get("timing");
    assertEquals(List.of("load", "search", "confirm"), List.copyOf(timing.keySet()));
    Result table = run("eval", pair.base(), "--eval", pair.suite(), "--device=cpu");
    assertTrue(table.out().contains("letters  acc     8      "), table.out());
  }

  @Test
  void inspectAndEvalWarnOfKeysThatNothingReads() throws IOException {
    TinyPair pair = pair();
    for (Path parent : List.of(pair.base(), pair.donor())) {
      Path config = parent.resolve("config.json");
      Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{\"new_key\": 7, "));
    }
    String warning =
        "Warning: %s: keys that transformers does not read for model_type llama are ignored: new_key = 7.";
    String base = warning.formatted(pair.base().resolve("config.json"));
    Result eval = run("eval", pair.base(), "--eval", pair.suite(), "--device=cpu");
    assertEquals(List.of(base), eval.err().lines().toList());
    Result inspect =
        run("inspect", pair.base(), pair.donor(), "--eval", pair.suite(), "--device=cpu");
    assertEquals(
        List.of(base, warning.formatted(pair.donor().resolve("config.json"))),
        inspect.err().lines().toList());
  }

  @Test
  void evalOfATaskScoresAllItemsByEveryMetric() throws IOException {
    TinyPair pair = pair();
    Path task = pair.suite().resolveSibling("task.yaml");
    Path samples = temp.resolve("samples.jsonl");
    Object[] words = {"eval", pair.base(), "--eval", task, "--device=cpu", "--samples", samples};
    Result table = run(words);
    assertEquals(0, table.code(), table.err());
    List<String> lines = table.out().lines().toList();
    assertTrue(lines.get(0).matches("task +filter +n-shot +metric +value +stderr"), table.out());
    assertTrue(
        lines.get(2).matches("letters +none +0 +acc +↑ +0\\.\\d{4} +± +0\\.\\d{4}"), table.out());
    assertEquals(4, lines.size(), table.out());
    List<Document> items = Document.jsonLines(samples);
    assertEquals(12, items.size());
    assertEquals("0 plus 0 is", items.get(0).at("prompt").text());
    assertEquals("odd", items.get(0).at("target").text());
    assertEquals(2, items.get(0).at("log_likelihoods").items().size());
    assertEquals(
        List.of("acc", "acc_norm"), List.copyOf(items.get(0).at("metrics").entries().keySet()));
    Result json =
        run("eval", pair.base(), "--eval", task, "--device=cpu", "--json", "--limit", "5");
    Document results = Document.json("stdout", json.out());
    assertEquals(5, results.at("n-samples").at("letters").integer(0, 99));
    double acc = results.at("results").at("letters").at("acc,none").number();
    assertEquals(
        items.stream()
            .limit(5)
            .mapToDouble(item -> item.at("metrics").at("acc").number())
            .average()
            .orElseThrow(),
        acc,
        1e-15);
  }

  @Test
  void optionsOfTasksAreRefusedForASuite() {
    TinyPair pair = pair();
    assertRefused(
        run("eval", pair.base(), "--eval", pair.suite(), "--limit", 3),
        "--limit is for a task or group, and ",
        "Maybe name one of its tasks.");
    Path task = pair.suite().resolveSibling("task.yaml");
    assertRefused(
        run("eval", pair.base(), "--eval", task, "--limit", 0),
        "--limit is 0, expected at least 1.");
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
