package jsearch.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jsearch.checkpoint.DType;

/** The PyTorch engine on one device: opens arenas and loads programs. */
public final class Torch implements AutoCloseable {
  private final Device device;
  private final int sharers;
  private final Arena root;
  private final Crew crew;
  private final Map<Key, Program> programs = new ConcurrentHashMap<>();
  private volatile BooleanSupplier givenUp = () -> false;
  private volatile Stopwatch stopwatch = new Stopwatch(Clock.systemUTC());

  private record Key(String name, Map<String, Object> attributes) {}

  private Torch(Device device, int sharers, OptionalInt threads) {
    this.device = device;
    this.sharers = sharers;
    this.root = new Arena((PtNDManager) Devices.engine().newBaseManager(device));
    this.crew = new Crew(sharers, threads);
  }

  /**
   * Opens the engine on a device.
   *
   * @param device {@code auto} (the first GPU, else the CPU), {@code cpu}, {@code gpu} or {@code
   *     gpu:N}; {@code cuda} is {@code gpu}
   * @throws jsearch.document.InputException when there is no such device
   */
  public static Torch open(String device) {
    return open(device, 1, OptionalInt.empty());
  }

  /**
   * Opens the engine on a device that others of this process compute on, too.
   *
   * @param device as above
   * @param sharers how many there are, this one among them; each gets an equal share of the CPU's
   *     threads and of the free memory
   * @param threads of the CPU that it computes with where its share has so many; empty for all
   * @throws jsearch.document.InputException when there is no such device
   */
  public static Torch open(String device, int sharers, OptionalInt threads) {
    return new Torch(Devices.find(device), sharers, threads);
  }

  /**
   * The one name of a device that people name in several ways.
   *
   * <p>{@code cuda} and {@code cuda:N} are {@code gpu} and {@code gpu:N}; any other name is left.
   */
  public static String deviceName(String asked) {
    return Devices.canonical(asked);
  }

  /** Where the native libraries that jsearch brings along are unpacked. */
  public static Path cache() {
    stayOffline();
    return Utils.getEngineCacheDir("pytorch");
  }

  /** Number of GPUs that PyTorch sees. */
  public static int gpus() {
    return Devices.gpus();
  }

  /**
   * Keeps DJL from asking a network; to be called before the first use of any class of DJL.
   *
   * <p>The natives are on the class path or named by the environment, so there is nothing to
   * download, and nothing that DJL counts about its users leaves this machine.
   */
  public static void stayOffline() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  /** The device's name as {@link #open} takes it: {@code cpu} or {@code gpu:N}. */
  public String device() {
    return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
  }

  /** The device's name in TorchScript: {@code cpu} or {@code cuda:N}. */
  public String scriptDevice() {
    return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
  }

  /** The version of libtorch. */
  public String version() {
    return Devices.engine().getVersion();
  }

  /** Bytes of the machine's memory that this process has had at most, where the system tells. */
  public static OptionalLong peakMemory() {
    return FreeMemory.peak();
  }

  /** Threads that compute on the CPU: as many as were asked for, else all of the share. */
  public int threads() {
    return crew.threads();
  }

  /** Threads of the CPU that there are for this one: all, or its share. */
  public int threadShare() {
    return crew.share();
  }

  /**
   * Whether every sum is one thread's, so that no bit depends on how many there are.
   *
   * <p>After {@link #splitThreads}; on a GPU never.
   */
  public boolean sumsByOneThread() {
    return crew.isSplit();
  }

  /** Calls of {@link #each} that run at one time. */
  public int parallel() {
    return crew.isSplit() ? threads() : 1;
  }

  /**
   * Bytes of memory that are free on the device for this one: an estimate, and soon another's
   * perhaps.
   *
   * <p>Of a GPU that cannot be asked, what can be allocated in one piece.
   */
  public long freeMemory() {
    return (device.isGpu() ? FreeMemory.ofGpu(this, device) : FreeMemory.ofMachine()) / sharers;
  }

  /**
   * Does work that may be given up between two items of {@link #each}, on any one thread.
   *
   * <p>libtorch remembers for each thread how many threads an operation of its has; here it has as
   * many as on the thread that opened this.
   *
   * @param givenUp asked before each item, on any thread: whether the work is given up
   * @throws CancellationException when it was
   */
  public <T> T work(BooleanSupplier givenUp, Supplier<T> work) {
    crew.adopt();
    this.givenUp = givenUp;
    try {
      return work.get();
    } finally {
      this.givenUp = () -> false;
    }
  }

  /** Does work whose phases this stopwatch measures. */
  public <T> T timed(Stopwatch stopwatch, Supplier<T> work) {
    Stopwatch before = this.stopwatch;
    this.stopwatch = stopwatch;
    try {
      return work.get();
    } finally {
      this.stopwatch = before;
    }
  }

  /** What measures the work that is done now; nobody reads it outside of {@link #timed}. */
  public Stopwatch stopwatch() {
    return stopwatch;
  }

  /**
   * Whether products in this format are as fast as the device can; a CPU without units for it
   * converts number by number.
   */
  public boolean multiplies(DType format) {
    if (device.isGpu() || format.bytes() > 2) {
      return true;
    }
    try {
      return program(Torch.class, "units").longs("halves")[format == DType.BF16 ? 0 : 1] == 1;
    } catch (IllegalStateException e) {
      return true; // built without oneDNN, so its substitute would not be used either
    }
  }

  /**
   * From now on {@link #each} runs its calls side by side on the CPU, one thread each.
   *
   * <p>For models so small that an operation is not worth sharing among threads.
   */
  public void splitThreads() {
    if (!device.isGpu()) {
      crew.split();
    }
  }

  /**
   * Hands each item to the task, side by side after {@link #splitThreads}; returns when done.
   *
   * @throws CancellationException when the work was given up, see {@link #work}
   */
  public <T> void each(List<T> items, Consumer<T> task) {
    crew.each(
        items,
        item -> {
          if (givenUp.getAsBoolean()) {
            throw new CancellationException("given up");
          }
          task.accept(item);
        });
  }

  /**
   * Hands each item to the task, side by side on the CPU, one thread each; returns when done.
   *
   * <p>What runs so gives the same bits on any number of threads. On a GPU one call follows the
   * other.
   */
  public <T> void sideBySide(List<T> items, Consumer<T> task) {
    if (device.isGpu()) {
      items.forEach(task);
    } else {
      crew.sideBySide(items, task);
    }
  }

  /** An arena on this device, closed with the engine at the latest. */
  public Arena arena() {
    return root.nested();
  }

  /**
   * The program {@code NAME.torchscript} that lies beside this class; loaded once.
   *
   * @throws IllegalStateException when its source does not compile
   */
  public Program program(Class<?> owner, String name) {
    return program(owner, name, Map.of());
  }

  /**
   * The program {@code NAME.torchscript} with these attributes; loaded once for equal attributes.
   *
   * @param attributes what the source declares as {@code name : type} and reads as {@code
   *     self.name}: Integer or Long for int, Double for float, Boolean, String, or a list of
   *     Integer or of Double
   * @throws IllegalStateException when its source does not compile or declares other attributes
   */
  public Program program(Class<?> owner, String name, Map<String, Object> attributes) {
    Key key = new Key(owner.getPackageName() + "." + name, Map.copyOf(attributes));
    return programs.computeIfAbsent(key, k -> load(owner, name, k.attributes));
  }

  private Program load(Class<?> owner, String name, Map<String, Object> attributes) {
    String resource = name + ".torchscript";
    try (InputStream source = owner.getResourceAsStream(resource)) {
      if (source == null) {
        throw new IllegalStateException("no resource %s beside %s".formatted(resource, owner));
      }
      String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      return program(name, text, attributes);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }

  Program program(String name, String source) {
    return program(name, source, Map.of());
  }

  Program program(String name, String source, Map<String, Object> attributes) {
    byte[] archive = Archive.of(source, attributes);
    try {
      PtSymbolBlock block =
          JniUtils.loadModule(
              root.manager(), new ByteArrayInputStream(archive), device.isGpu(), false);
      return new Program(name, block);
    } catch (EngineException | IOException e) {
      throw new IllegalStateException("%s does not compile: %s".formatted(name, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    crew.close();
    root.close();
  }
}
