package jsearch.cli;

import java.util.OptionalInt;
import jsearch.document.InputException;
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

  @Option(
      names = "--batch-tokens",
      paramLabel = "N",
      description = "Tokens of a batch, at most (what the device has room for).")
  private Integer batchTokens;

  /**
   * What they ask for.
   *
   * @throws InputException for a format that there is not, or batches without a token
   */
  Arithmetic asked() {
    if (batchTokens != null && batchTokens < 1) {
      throw new InputException("--batch-tokens is %d, expected at least 1.".formatted(batchTokens));
    }
    return new Arithmetic(
        device,
        Precision.named(dtype),
        batchTokens == null ? OptionalInt.empty() : OptionalInt.of(batchTokens));
  }

  /** Opens the engine there. */
  Torch open() {
    return Torch.open(device);
  }
}
