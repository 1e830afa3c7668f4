package jsearch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.Parents;
import jsearch.merge.DiskMerge;
import jsearch.merge.MergeMonitor;
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
      "Recipes are mergekit's YAML: merge_method slerp of two parents."
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

  @Option(names = "--force", description = "Replace the checkpoint that stands in OUT.")
  private boolean force;

  @Override
  public Integer call() {
    PrintWriter err = command.commandLine().getErr();
    MergeRecipe read = MergeRecipe.load(recipe);
    Parents parents = new Parents(open(read.base()), open(read.donor()));
    try (Torch torch = Torch.open("cpu");
        Interruption interruption = new Interruption(() -> err.println("\nStopping ..."))) {
      DiskMerge merge = new DiskMerge(torch, parents, read);
      boolean whole = merge.write(out, force, shardSize, monitor(err, interruption));
      if (!whole) {
        err.println("Stopped; %s is as it was.".formatted(out));
        return Interruption.EXIT_CODE;
      }
      command
          .commandLine()
          .getOut()
          .printf("%s: %d tensors, %,d bytes.%n", out, parents.pairs().size(), merge.bytes());
    }
    return ExitCode.OK;
  }

  private Checkpoint open(String name) {
    return new Models(command.commandLine().getErr()).open(name);
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
      public void warn(String warning) {
        status.show("");
        err.println("Warning: " + warning);
      }

      @Override
      public boolean stop() {
        return interruption.getAsBoolean();
      }
    };
  }
}
