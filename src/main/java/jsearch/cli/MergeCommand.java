package jsearch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import jsearch.checkpoint.Checkpoint;
import jsearch.merge.DiskMerge;
import jsearch.merge.Interpolation;
import jsearch.merge.MergeMonitor;
import jsearch.plan.MergePlan;
import jsearch.report.WriteProgress;
import jsearch.schedule.MergeRecipe;
import jsearch.torch.Torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the checkpoint that a recipe describes. */
@Command(
    name = "merge",
    description = {
      "Writes the checkpoint that a recipe describes.",
      "",
      "Recipes are mergekit's YAML: slerp, linear, passthrough or nuslerp."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class MergeCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      index = "0",
      paramLabel = "RECIPE",
      description = "Recipe, such as results/NAME/recipe.yaml.")
  private Path recipe;

  @Parameters(index = "1", paramLabel = "OUT", description = "New directory for the checkpoint.")
  private Path out;

  @Option(
      names = "--shard-size",
      paramLabel = "SIZE",
      defaultValue = "5GB",
      converter = ByteSize.class,
      description = "Size of a file of weights, at most (${DEFAULT-VALUE}).")
  private long shardSize;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = "mergekit",
      description =
          "Near-parallel tensors under slerp: mergekit interpolates linearly beyond |cos| 0.9995, "
              + "paper never (${DEFAULT-VALUE}).")
  private Interpolation method;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "cpu, gpu or gpu:N (${DEFAULT-VALUE}).")
  private String device;

  @Option(names = "--force", description = "Replace the checkpoint that stands in OUT.")
  private boolean force;

  @Override
  public Integer call() {
    PrintWriter err = command.commandLine().getErr();
    MergeRecipe read = MergeRecipe.load(recipe);
    DiskMerge.requireFree(out, force);
    Models models = new Models(err);
    Map<String, Checkpoint> parents = new LinkedHashMap<>();
    read.models().forEach(name -> parents.put(name, models.open(name)));
    MergePlan plan = MergePlan.of(read, parents);
    err.println("Merging %s ...".formatted(Loading.described(parents.values())));
    try (Torch torch = Torch.open(device);
        Interruption interruption = new Interruption(() -> err.println("\nStopping ..."))) {
      DiskMerge merge = new DiskMerge(torch, plan, method);
      boolean whole = merge.write(out, force, shardSize, monitor(err, interruption));
      if (!whole) {
        err.println("Stopped; %s is as it was.".formatted(out));
        return interruption.exitCode();
      }
      command
          .commandLine()
          .getOut()
          .printf("%s: %d tensors, %,d bytes.%n", out, plan.tensors(), plan.bytes());
    }
    return ExitCode.OK;
  }

  private static MergeMonitor monitor(PrintWriter err, Interruption interruption) {
    StatusLine status = new StatusLine(err);
    WriteProgress progress = new WriteProgress(Clock.systemDefaultZone(), status::show);
    return new MergeMonitor() {
      @Override
      public void written(long bytes, long total) {
        progress.written(bytes, total);
        if (bytes == total) {
          status.show("");
        }
      }

      @Override
      public void note(String note) {
        status.tell(note);
      }

      @Override
      public void warn(String warning) {
        status.warn(warning);
      }

      @Override
      public boolean stop() {
        return interruption.getAsBoolean();
      }
    };
  }
}
