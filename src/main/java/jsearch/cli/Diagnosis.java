package jsearch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jsearch.checkpoint.DType;
import jsearch.document.InputException;
import jsearch.hub.HubSettings;
import jsearch.run.Version;
import jsearch.torch.Torch;

/** Looks at what jsearch runs on: Java, libtorch, devices, memory, disks and caches. */
final class Diagnosis {
  private static final long LITTLE_MEMORY = 1L << 30;
  private static final long LITTLE_ROOM = 1L << 30;
  private static final Path NVIDIA = Path.of("/proc/driver/nvidia/version");

  private final Map<String, String> environment;
  private final Path home;
  private final Path here;
  private final Path nvidia;

  /** Of this process, begun in the directory where studies and merges go. */
  static Diagnosis ofThisMachine() {
    return new Diagnosis(
        System.getenv(), Path.of(System.getProperty("user.home")), Path.of(""), NVIDIA);
  }

  /**
   * A diagnosis.
   *
   * @param home the user's home directory
   * @param here the directory that studies and merges are written to
   * @param nvidia a file that is there where NVIDIA's driver is loaded
   */
  Diagnosis(Map<String, String> environment, Path home, Path here, Path nvidia) {
    this.environment = environment;
    this.home = home;
    this.here = here;
    this.nvidia = nvidia;
  }

  /** All findings, in the order of what depends on what. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("jsearch", Version.jsearch() + " in " + Home.places().file("")));
    findings.add(java());
    findings.addAll(torch());
    findings.add(room("here", here.toAbsolutePath(), "Studies and merges are written there"));
    findings.add(
        room("temporary", Path.of(System.getProperty("java.io.tmpdir")), "libtorch unpacks there"));
    findings.addAll(hub());
    return findings;
  }

  private static Finding java() {
    return Finding.ok(
        "java",
        "%s of %s in %s, at most %s of heap"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home"),
                size(Runtime.getRuntime().maxMemory())));
  }

  private List<Finding> torch() {
    try (Torch torch = Torch.open("cpu")) {
      List<Finding> findings = new ArrayList<>();
      findings.add(Finding.ok("libtorch", "%s in %s".formatted(torch.version(), libraries())));
      findings.add(Finding.ok("cpu", cpu(torch)));
      findings.add(gpu());
      findings.add(memory(torch.freeMemory()));
      return findings;
    } catch (InputException e) {
      return List.of(
          Finding.problem(
              "libtorch",
              e.getMessage().lines().findFirst().orElse(""),
              "Maybe a download or an unpacking was cut off: delete %s and try again."
                  .formatted(libraries())));
    }
  }

  private Path libraries() {
    String own = environment.get("PYTORCH_LIBRARY_PATH");
    return own == null ? Torch.cache() : Path.of(own);
  }

  private static String cpu(Torch torch) {
    return "%d threads; %s"
        .formatted(
            torch.threads(),
            torch.multiplies(DType.BF16)
                ? "bfloat16 products have units of their own"
                : "no units for bfloat16: float32, the default, is faster");
  }

  private Finding gpu() {
    int gpus = Torch.gpus();
    if (gpus > 0) {
      return Finding.ok("gpu", gpus + " for PyTorch");
    }
    return Files.exists(nvidia)
        ? Finding.warning(
            "gpu",
            "NVIDIA's driver is loaded, but this libtorch shows no GPU",
            "Searches run on the CPU. Name a libtorch for CUDA: see src/cuda/README.md.")
        : Finding.ok("gpu", "none; searches run on the CPU");
  }

  private static Finding memory(long free) {
    String found = size(free) + " free";
    return free < LITTLE_MEMORY
        ? Finding.warning(
            "memory", found, "Stop other programs: parents, a candidate and its batches must fit.")
        : Finding.ok("memory", found);
  }

  private static Finding room(String what, Path directory, String why) {
    try {
      String found = "%s free in %s".formatted(size(freeIn(directory)), directory);
      if (!Files.isWritable(directory)) {
        return Finding.problem(
            what, directory + " cannot be written", why + ": change its permissions.");
      }
      return freeIn(directory) < LITTLE_ROOM
          ? Finding.warning(what, found, why + ": make room.")
          : Finding.ok(what, found);
    } catch (IOException e) {
      return Finding.problem(what, directory + " cannot be read", why + ": create it.");
    }
  }

  private static long freeIn(Path directory) throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  private List<Finding> hub() {
    try {
      HubSettings settings = HubSettings.from(environment, home);
      return List.of(
          cache(settings.cache()),
          Finding.ok(
              "hub",
              "%s, %s, %s"
                  .formatted(
                      settings.endpoint(),
                      settings.offline() ? "offline (HF_HUB_OFFLINE)" : "online",
                      settings.token().isPresent() ? "with a token" : "without a token")));
    } catch (InputException e) {
      return List.of(Finding.problem("hub", e.getMessage(), "Change the variable, or unset it."));
    }
  }

  private static Finding cache(Path cache) {
    if (!Files.exists(cache)) {
      return Finding.ok("hub cache", cache + ", made by the first download");
    }
    if (!Files.isWritable(cache)) {
      return Finding.warning(
          "hub cache",
          cache + " cannot be written",
          "Models that are not in it cannot be fetched: HF_HUB_CACHE names another.");
    }
    try (Stream<Path> models = Files.list(cache)) {
      long count =
          models.filter(path -> path.getFileName().toString().startsWith("models--")).count();
      return Finding.ok("hub cache", "%s, %d models".formatted(cache, count));
    } catch (IOException e) {
      return Finding.warning("hub cache", cache + " cannot be read", "HF_HUB_CACHE names another.");
    }
  }

  private static String size(long bytes) {
    return bytes < 10_000_000_000L
        ? "%.1f GB".formatted(bytes / 1e9)
        : "%.0f GB".formatted(bytes / 1e9);
  }
}
