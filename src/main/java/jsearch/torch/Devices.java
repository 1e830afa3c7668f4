package jsearch.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jsearch.document.InputException;
import jsearch.document.Nearest;

/** Finds the engine and its devices by the names that people give. */
final class Devices {
  private static final Pattern GPU = Pattern.compile("(?:gpu|cuda)(?::(\\d{1,4}))?");

  private Devices() {}

  static Engine engine() {
    Torch.stayOffline();
    try {
      return Engine.getEngine("PyTorch");
    } catch (EngineException e) {
      throw new InputException(
          """
          The PyTorch engine does not load: %s
          Maybe this platform has no native library on the class path; name a libtorch by \
          PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR."""
              .formatted(rootCause(e)),
          e);
    }
  }

  private static String rootCause(Throwable e) {
    return e.getCause() == null ? String.valueOf(e.getMessage()) : rootCause(e.getCause());
  }

  /** Number of GPUs that PyTorch sees. */
  static int gpus() {
    return engine().getGpuCount();
  }

  /** The name that means the same here: GPUs are called {@code cuda} elsewhere. */
  static String canonical(String name) {
    return GPU.matcher(name).matches() ? name.replace("cuda", "gpu") : name;
  }

  /** The device of this name, see {@link Torch#open}. */
  static Device find(String name) {
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    int gpus = gpus();
    if (name.equals("auto")) {
      return gpus > 0 ? Device.gpu(0) : Device.cpu();
    }
    Matcher matcher = GPU.matcher(name);
    if (!matcher.matches()) {
      throw new InputException(
          "Device is %s, expected auto, cpu, gpu or gpu:N.%s"
              .formatted(name, Nearest.hint(name, List.of("auto", "cpu", "gpu", "gpu:0"))));
    }
    int index = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
    if (index >= gpus) {
      throw new InputException(
          """
          Device is %s, but this machine shows %d GPUs to PyTorch %s.
          Maybe its libtorch is made for the CPU alone; name one for CUDA by PYTORCH_LIBRARY_PATH."""
              .formatted(name, gpus, engine().getVersion()));
    }
    return Device.gpu(index);
  }
}
