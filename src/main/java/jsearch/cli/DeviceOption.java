package jsearch.cli;

import jsearch.torch.Torch;
import picocli.CommandLine.Option;

/** Where to compute. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto, cpu, gpu or gpu:N (${DEFAULT-VALUE}).")
  private String name;

  String name() {
    return name;
  }

  /** Opens the engine there. */
  Torch open() {
    return Torch.open(name);
  }
}
