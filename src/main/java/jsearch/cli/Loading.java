package jsearch.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TensorInfo;
import jsearch.study.StudySpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The line that long work begins with: what is loaded, how large, and where to.
 *
 * <p>It comes before libtorch and the weights are loaded, and is made of headers alone.
 */
final class Loading {
  private Loading() {}

  /** The parents of a search. */
  static void parents(CommandSpec command, Path base, Path donor, String device) {
    parents(command, Checkpoint.open(base), Checkpoint.open(donor), device);
  }

  /** The parents of a study. */
  static void parents(CommandSpec command, StudySpec study) {
    Path base = Home.places().file(study.base().path());
    Path donor = Home.places().file(study.donor().path());
    parents(command, base, donor, study.compute().device());
  }

  /** Two parents. */
  static void parents(CommandSpec command, Checkpoint base, Checkpoint donor, String device) {
    Map<String, Checkpoint> parents = new LinkedHashMap<>();
    parents.put("base ", base);
    parents.put("donor ", donor);
    tell(command, parents, device);
  }

  /** One checkpoint. */
  static void one(CommandSpec command, Checkpoint checkpoint, String device) {
    tell(command, Map.of("", checkpoint), device);
  }

  /** Tells of checkpoints by what they are, each with a space at its end or empty. */
  private static void tell(CommandSpec command, Map<String, Checkpoint> parts, String device) {
    String what =
        parts.entrySet().stream()
            .map(part -> part.getKey() + described(part.getValue()))
            .collect(Collectors.joining(" and "));
    command.commandLine().getErr().println("Loading %s%s ...".formatted(what, place(device)));
  }

  /** Checkpoints, each with its directory and size. */
  static String described(Collection<Checkpoint> checkpoints) {
    return checkpoints.stream().map(Loading::described).collect(Collectors.joining(" and "));
  }

  /** Its directory, with its parameters, formats and bytes. */
  private static String described(Checkpoint checkpoint) {
    long parameters = tensors(checkpoint).mapToLong(TensorInfo::elements).sum();
    long bytes = tensors(checkpoint).mapToLong(TensorInfo::bytes).sum();
    String formats =
        tensors(checkpoint)
            .map(Loading::format)
            .distinct()
            .sorted()
            .collect(Collectors.joining("/"));
    return "%s (%s parameters, %s, %sB)"
        .formatted(checkpoint.directory(), scaled(parameters, ""), formats, scaled(bytes, " "));
  }

  private static Stream<TensorInfo> tensors(Checkpoint checkpoint) {
    return checkpoint.tensors().values().stream();
  }

  private static String format(TensorInfo tensor) {
    return switch (tensor.dtype()) {
      case F64 -> "float64";
      case F32 -> "float32";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
    };
  }

  /** Such as 596M, 7.2B or 12,345: three digits are enough here. */
  private static String scaled(long number, String space) {
    String[] units = {"", space.isEmpty() ? "K" : "k", "M", space.isEmpty() ? "B" : "G", "T"};
    double rest = number;
    int unit = 0;
    while (rest >= 999.5 && unit < units.length - 1) {
      rest /= 1000;
      unit++;
    }
    String digits = unit > 0 && rest < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, digits, rest) + space + units[unit];
  }

  /** Whether libtorch sees a GPU is not known yet, unless it is one for the CPU alone. */
  private static String place(String device) {
    boolean mayBeGpu = System.getenv().getOrDefault("PYTORCH_FLAVOR", "cpu").startsWith("cu");
    return switch (device) {
      case "cpu" -> " on the CPU";
      case "auto" -> mayBeGpu ? "" : " on the CPU";
      default -> " on " + device;
    };
  }
}
