package jsearch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.InputException;
import jsearch.document.Writer;
import jsearch.eval.Bench;
import jsearch.eval.ChatPrompts;
import jsearch.eval.EntryResult;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.eval.Suite;
import jsearch.model.Chat;
import jsearch.report.SampleLines;
import jsearch.report.Summary;
import jsearch.report.TaskTable;
import jsearch.report.Terminal;
import jsearch.run.Contestant;
import jsearch.task.Entry;
import jsearch.task.TaskOptions;
import jsearch.torch.Torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores one checkpoint. */
@Command(
    name = "eval",
    description = "Scores one checkpoint by a suite, a task or a group of tasks.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class EvalCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "MODEL", description = "Directory or Hub id (org/name@revision).")
  private String model;

  @Option(
      names = "--eval",
      paramLabel = "FILE",
      description = "Suite, task or group to score by (bundled suite).")
  private Path file;

  @Option(names = "--limit", paramLabel = "N", description = "The first N items of each task only.")
  private Integer limit;

  @Option(
      names = "--num-fewshot",
      paramLabel = "N",
      description = "Solved examples before each question, except where a task says 0.")
  private Integer shots;

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "An instruction that stands before everything else.")
  private String system;

  @Option(names = "--chat", description = "Ask by the model's chat template.")
  private boolean chat;

  @Option(
      names = "--one-turn",
      description = "With --chat: all solved examples in the question's turn, not in their own.")
  private boolean oneTurn;

  @Option(
      names = "--samples",
      paramLabel = "FILE",
      description = "Write what the model made of each item to FILE, JSON lines.")
  private Path samples;

  @Mixin private ArithmeticOptions arithmetic;

  @Option(names = "--json", description = "Print JSON; scores are fractions.")
  private boolean json;

  @Override
  public Integer call() {
    if (oneTurn && !chat) {
      throw new InputException(
          "--one-turn is given without --chat, expected both.\nMaybe add --chat.");
    }
    Path tasks = Home.suite(file);
    boolean entry = Entry.isEntry(tasks);
    if (!entry) {
      refuseTaskOptions(tasks);
    }
    Checkpoint checkpoint = new Models(command.commandLine().getErr()).open(model);
    Loading.one(command, checkpoint, arithmetic.asked().device());
    PrintWriter out = command.commandLine().getOut();
    out.print(entry ? entry(checkpoint, tasks) : suite(checkpoint, Suite.read(tasks)));
    out.flush();
    return ExitCode.OK;
  }

  private void refuseTaskOptions(Path suite) {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("--limit", limit);
    given.put("--num-fewshot", shots);
    given.put("--system", system);
    given.put("--samples", samples);
    given.put("--chat", chat ? true : null);
    given.put("--one-turn", oneTurn ? true : null);
    given.forEach(
        (name, value) -> {
          if (value != null) {
            throw new InputException(
                "%s is for a task or group, and %s is a suite.\nMaybe name one of its tasks."
                    .formatted(name, suite));
          }
        });
  }

  private String suite(Checkpoint checkpoint, Suite suite) {
    StringBuilder text = new StringBuilder();
    Map<String, Object> all = new LinkedHashMap<>();
    Map<String, Object> timing = new LinkedHashMap<>();
    long begun = System.nanoTime();
    try (Torch torch = arithmetic.open();
        Contestant contestant = new Contestant(torch, checkpoint, arithmetic.asked())) {
      timing.put("load", secondsSince(begun));
      warn(contestant);
      for (Split split : Split.values()) {
        String name = split.name().toLowerCase(Locale.ROOT);
        Bench bench = contestant.prepare(suite, split);
        long start = System.nanoTime();
        Scores scores = bench.score();
        timing.put(name, timing(bench, secondsSince(start)));
        all.put(name, Summary.scores(scores));
        text.append("%s%n%s%n".formatted(name, Terminal.scores(scores)));
      }
    }
    all.put("timing", timing);
    return json ? Writer.json(all) : Page.of(command.commandLine(), text.toString());
  }

  private String entry(Checkpoint checkpoint, Path tasks) {
    Entry entry =
        Entry.read(
            tasks,
            new TaskOptions(
                atLeast("--limit", limit, 1),
                atLeast("--num-fewshot", shots, 0),
                Optional.ofNullable(system)));
    Optional<ChatPrompts> prompts =
        chat
            ? Optional.of(
                ChatPrompts.of(
                    Chat.open(checkpoint.directory(), Clock.systemDefaultZone()), !oneTurn))
            : Optional.empty();
    List<EntryResult> results;
    try (Torch torch = arithmetic.open();
        Contestant contestant = new Contestant(torch, checkpoint, arithmetic.asked())) {
      warn(contestant);
      results = contestant.answer(entry, prompts);
    }
    if (samples != null) {
      write(results);
    }
    return json
        ? Writer.json(TaskTable.map(results))
        : Page.of(command.commandLine(), TaskTable.text(results));
  }

  private void warn(Contestant contestant) {
    PrintWriter err = command.commandLine().getErr();
    contestant.warnings().forEach(warning -> err.println("Warning: " + warning));
  }

  private void write(List<EntryResult> results) {
    String lines =
        SampleLines.of(results).stream()
            .map(line -> Writer.jsonLine(line) + "\n")
            .collect(Collectors.joining());
    try {
      Writer.replace(samples, lines);
    } catch (IOException e) {
      throw InputException.unwritable(samples, e);
    }
  }

  private static OptionalInt atLeast(String name, Integer value, int least) {
    if (value != null && value < least) {
      throw new InputException("%s is %d, expected at least %d.".formatted(name, value, least));
    }
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Tokens are those of prompts and right answers, and of prompts and answers written. */
  private static Map<String, Object> timing(Bench bench, double seconds) {
    Map<String, Object> timing = new LinkedHashMap<>();
    timing.put("seconds", seconds);
    long tokens = bench.tokens() + bench.generated();
    timing.put("tokens", tokens);
    timing.put("tokens_per_second", tokens / seconds);
    return timing;
  }
}
