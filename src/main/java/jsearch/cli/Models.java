package jsearch.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.InputException;
import jsearch.document.Neighbours;
import jsearch.hub.Hub;
import jsearch.hub.HubId;
import jsearch.hub.HubMonitor;
import jsearch.hub.HubSettings;
import jsearch.report.WriteProgress;

/**
 * Checkpoints as users name them: by a directory, or by {@code org/name[@revision]} on the Hub.
 *
 * <p>A directory is looked for from here, as in mergekit, then from jsearch's home.
 */
final class Models {
  private final Supplier<HubSettings> settings;
  private final PrintWriter err;

  Models(PrintWriter err) {
    this(() -> HubSettings.from(System.getenv(), Path.of(System.getProperty("user.home"))), err);
  }

  /** The settings are asked for when a name is one of the Hub. */
  Models(Supplier<HubSettings> settings, PrintWriter err) {
    this.settings = settings;
    this.err = err;
  }

  /** Opens the checkpoint of this name; fetches it first where it is not here yet. */
  Checkpoint open(String name) {
    return Checkpoint.open(directory(name));
  }

  /**
   * The directory of this name; of the Hub's, that in the cache, fetched where need be.
   *
   * @throws StoppedException when a signal stops it
   */
  Path directory(String name) {
    Path here = path(name);
    Path home = Home.places().file(name);
    if (!Files.exists(here) && Files.exists(home)) {
      return home;
    }
    return isOnHub(name) ? fetch(HubId.parse(name)) : here;
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new InputException(
          "%s is no name that a directory can have: %s".formatted(name, e.getReason()), e);
    }
  }

  /** The last part of a name: a snapshot's own name would be its commit's. */
  static String shortName(String name) {
    return isOnHub(name)
        ? HubId.parse(name).shortName()
        : Path.of(name).toAbsolutePath().normalize().getFileName().toString();
  }

  private static boolean isOnHub(String name) {
    return HubId.matches(name)
        && !Files.exists(Path.of(name))
        && !Files.exists(Home.places().file(name));
  }

  private Path fetch(HubId id) {
    Hub hub = new Hub(settings.get(), Models::sleep);
    StatusLine status = new StatusLine(err);
    try (Interruption interruption =
        new Interruption(
            () -> status.tell("Stopping; what is fetched is kept for the next time."))) {
      return fetch(hub, id, new Monitor(id, status, interruption), interruption);
    } catch (InputException e) {
      throw new InputException(
          "%s\n%s is taken for a name on the Hub, as there is no such directory.%s"
              .formatted(e.getMessage(), id.name(), Neighbours.hint(Path.of(id.name()))),
          e);
    } finally {
      status.show("");
    }
  }

  private static Path fetch(Hub hub, HubId id, Monitor monitor, Interruption interruption) {
    try {
      return hub.directory(id, monitor);
    } catch (CancellationException e) {
      throw new StoppedException(interruption.exitCode(), e);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Monitor implements HubMonitor {
    private final HubId id;
    private final StatusLine status;
    private final Interruption interruption;
    private WriteProgress progress;
    private long last;

    Monitor(HubId id, StatusLine status, Interruption interruption) {
      this.id = id;
      this.status = status;
      this.interruption = interruption;
    }

    @Override
    public void downloaded(String file, long bytes, long total) {
      if (progress == null) {
        status.tell("Fetching %s from the Hub ...".formatted(id));
      }
      if (progress == null || bytes < last) { // first the small files, then the weights
        progress = new WriteProgress(Clock.systemDefaultZone(), status::show);
      }
      last = bytes;
      progress.written(bytes, total);
    }

    @Override
    public void warn(String warning) {
      status.warn(warning);
    }

    @Override
    public boolean stop() {
      return interruption.getAsBoolean();
    }
  }
}
