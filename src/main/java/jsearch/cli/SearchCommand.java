package jsearch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Searches for the best merge of two parents. */
@Command(
    name = "search",
    description = "Searches for the best merge of two parents; what jsearch does by default.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class SearchCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private SearchOptions options;

  @Override
  public Integer call() {
    return options.search(command);
  }
}
