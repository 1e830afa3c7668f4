package jsearch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.Writer;
import jsearch.eval.Bench;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.eval.Suite;
import jsearch.report.Summary;
import jsearch.report.Terminal;
import jsearch.run.Contestant;
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
    description = "Scores one checkpoint on both splits of a suite.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class EvalCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "MODEL", description = "Directory or Hub id (org/name@revision).")
  private String model;

  @Option(
      names = "--eval",
      paramLabel = "FILE",
      description = "Suite of tasks to score by (bundled suite).")
  private Path suite;

  @Mixin private ArithmeticOptions arithmetic;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    Checkpoint checkpoint = new Models(command.commandLine().getErr()).open(model);
    Suite tasks = Suite.read(suite == null ? Home.bundledSuite() : suite);
    Map<String, Object> all = new LinkedHashMap<>();
    Map<String, Object> timing = new LinkedHashMap<>();
    long begun = System.nanoTime();
    try (Torch torch = arithmetic.open();
        Contestant contestant = new Contestant(torch, checkpoint, arithmetic.asked())) {
      timing.put("load", secondsSince(begun));
      for (Split split : Split.values()) {
        String name = split.name().toLowerCase(Locale.ROOT);
        Bench bench = contestant.prepare(tasks, split);
        long start = System.nanoTime();
        Scores scores = bench.score();
        timing.put(name, timing(bench, secondsSince(start)));
        all.put(name, Summary.scores(scores));
        if (!json) {
          out.println(name);
          out.println(Terminal.scores(scores));
        }
      }
    }
    if (json) {
      all.put("timing", timing);
      out.print(Writer.json(all));
    }
    out.flush();
    return ExitCode.OK;
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Tokens are those of prompts and right answers. */
  private static Map<String, Object> timing(Bench bench, double seconds) {
    Map<String, Object> timing = new LinkedHashMap<>();
    timing.put("seconds", seconds);
    timing.put("tokens", bench.tokens());
    timing.put("tokens_per_second", bench.tokens() / seconds);
    return timing;
  }
}
