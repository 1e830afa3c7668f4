package jsearch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import jsearch.compat.Compatibility;
import jsearch.document.Writer;
import jsearch.eval.Suite;
import jsearch.plan.Parents;
import jsearch.report.Summary;
import jsearch.report.Terminal;
import jsearch.run.Workbench;
import jsearch.torch.Torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how well two parents fit. */
@Command(
    name = "inspect",
    description = "Reports how well two parents fit: S, its parts and what they advise.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      index = "0",
      paramLabel = "BASE",
      description = "Parent at t = 0: directory or Hub id.")
  private String base;

  @Parameters(
      index = "1",
      paramLabel = "DONOR",
      description = "Parent at t = 1: directory or Hub id.")
  private String donor;

  @Option(
      names = "--eval",
      paramLabel = "FILE",
      description =
          "Suite, task or group whose text hidden states are compared on (bundled suite).")
  private Path suite;

  @Mixin private TokenOptions tokens;
  @Mixin private ArithmeticOptions arithmetic;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    Models models = new Models(err);
    Parents parents = Parents.of(models.open(base), models.open(donor), tokens.asked());
    Suite text = Suite.read(Home.suite(suite));
    Loading.parents(command, parents.base(), parents.donor(), arithmetic.asked().device());
    try (Torch torch = arithmetic.open();
        Workbench workbench = new Workbench(torch, parents, text, arithmetic.asked())) {
      workbench.warnings().forEach(warning -> err.println("Warning: " + warning));
      workbench.notes().forEach(err::println);
      Compatibility compatibility = workbench.compatibility();
      out.print(
          json
              ? Writer.json(Summary.compatibility(compatibility))
              : Page.of(command.commandLine(), Terminal.compatibility(compatibility)));
    }
    out.flush();
    return ExitCode.OK;
  }
}
