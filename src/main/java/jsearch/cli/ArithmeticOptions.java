package jsearch.cli;

import java.util.OptionalInt;
import jsearch.run.Arithmetic;
import jsearch.run.Precision;
import jsearch.torch.Torch;
import picocli.CommandLine.Option;

/** Where and in which format to compute. */
final class ArithmeticOptions {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto, cpu, gpu or gpu:N (${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--dtype",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "Format to compute in: auto, float32, bfloat16 or float16 (${DEFAULT-VALUE}).")
  private String dtype;

  /**
   * What they ask for.
   *
   * @throws jsearch.document.InputException for a format that there is not
   */
  Arithmetic asked() {
    return new Arithmetic(device, Precision.named(dtype), OptionalInt.empty());
  }

  /** Opens the engine there. */
  Torch open() {
    return Torch.open(device);
  }
}
