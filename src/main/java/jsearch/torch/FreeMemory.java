package jsearch.torch;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory is free, by what the platform tells. */
final class FreeMemory {
  private static final Path LINUX = Path.of("/proc/meminfo");
  private static final Path PROCESS = Path.of("/proc/self/status");
  private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");
  private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal: +(\\d+) kB$");
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable: +(\\d+) kB$");

  /** Where a GPU tells nothing, pieces of this size down to a 256th are tried. */
  private static final long LARGEST_TRIED = 1L << 37;

  private FreeMemory() {}

  /** Bytes that programs can have of this machine or container; a cache of files counts as free. */
  static long ofMachine() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    String told = "";
    try {
      told = Files.exists(LINUX) ? Files.readString(LINUX) : "";
    } catch (IOException e) {
      // Then Java's own figure has to do.
    }
    return of(told, system.getTotalMemorySize(), system.getFreeMemorySize());
  }

  /**
   * The same from what is told.
   *
   * @param meminfo Linux's file, or an empty text
   * @param total bytes of the machine, or of the container where there is a limit
   * @param free bytes of them without any use
   */
  static long of(String meminfo, long total, long free) {
    long machine = bytes(TOTAL, meminfo);
    long available = bytes(AVAILABLE, meminfo);
    if (available < 0) {
      return free;
    }
    // A container's own cache of files is not told apart from what is in use.
    return total < machine ? Math.min(free, available) : available;
  }

  /** The most that this process has had resident; Linux alone tells. */
  static OptionalLong peak() {
    try {
      long bytes = Files.exists(PROCESS) ? bytes(PEAK, Files.readString(PROCESS)) : -1;
      return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static long bytes(Pattern line, String meminfo) {
    Matcher matcher = line.matcher(meminfo);
    return matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 : -1;
  }

  static long ofGpu(Torch torch, Device device) {
    try {
      MemoryUsage usage = CudaUtils.getGpuMemory(device);
      return usage.getMax() - usage.getUsed();
    } catch (RuntimeException | LinkageError e) {
      return largestPiece(torch);
    }
  }

  private static long largestPiece(Torch torch) {
    Storage storage = new Storage(torch);
    long bytes = LARGEST_TRIED;
    while (bytes > LARGEST_TRIED / 256) {
      try (Arena scope = torch.arena()) {
        storage.empty(scope, bytes / 4, jsearch.checkpoint.DType.F32);
        break;
      } catch (OutOfDeviceMemoryException e) {
        bytes /= 2;
      }
    }
    ai.djl.pytorch.jni.JniUtils.emptyCudaCache();
    return bytes;
  }
}
