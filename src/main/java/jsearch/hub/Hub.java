package jsearch.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.InputException;

/**
 * The Hugging Face Hub, by way of the cache on disk that huggingface_hub shares.
 *
 * <p>A branch or tag is looked up at the Hub each time, as it may have moved; where the Hub cannot
 * be asked, what the cache has is used, with a warning. A commit that is whole in the cache is not
 * asked for.
 */
public final class Hub {
  private final HubSettings settings;
  private final Consumer<Duration> sleep;
  private final Duration silence;
  private final HubCache.Linker linker;

  /**
   * A hub that asks nothing yet.
   *
   * @param sleep lets so much time pass, before a request is repeated
   */
  public Hub(HubSettings settings, Consumer<Duration> sleep) {
    this(settings, sleep, Duration.ofMinutes(1), Files::createSymbolicLink);
  }

  Hub(HubSettings settings, Consumer<Duration> sleep, Duration silence, HubCache.Linker linker) {
    this.settings = settings;
    this.sleep = sleep;
    this.silence = silence;
    this.linker = linker;
  }

  /**
   * A directory that {@link Checkpoint#open} takes: the snapshot in the cache, fetched if need be.
   *
   * @throws InputException when it can be neither found in the cache nor fetched whole
   * @throws java.util.concurrent.CancellationException when the monitor stops it; what is fetched
   *     so far is kept for the next time
   */
  public Path directory(HubId id, HubMonitor monitor) {
    HubCache cache = new HubCache(settings.cache(), id, linker);
    Optional<Path> known = cache.commit(id).map(cache::snapshot);
    if (id.isCommit() && known.filter(HubChoice::isWhole).isPresent()) {
      return known.get();
    }
    Optional<Path> usable = known.filter(HubChoice::isUsable);
    if (settings.offline()) {
      return usable.orElseThrow(() -> absent(id, new HubGap(cache, id)));
    }
    Patience patience = new Patience(sleep, monitor::stop, silence);
    HubClient client = new HubClient(settings, id, patience);
    HubClient.Repository repository;
    try {
      repository = client.repository(usable.isPresent() ? 1 : Patience.TRIES);
    } catch (InputException e) {
      Path old = usable.orElseThrow(() -> unreachable(e, new HubGap(cache, id)));
      monitor.warn("%s\nUsing what the cache has: %s".formatted(e.getMessage(), old));
      return old;
    }
    HubDownload download = new HubDownload(client, cache, patience, monitor, repository.commit());
    Path snapshot = cache.snapshot(repository.commit());
    download.fetch(HubChoice.small(id, repository.files()));
    download.fetch(HubChoice.weights(id, snapshot, repository.files()));
    if (!id.isCommit()) {
      cache.point(id, repository.commit()); // last: what a ref names is whole
    }
    return snapshot;
  }

  private InputException absent(HubId id, HubGap gap) {
    return new InputException(
        """
        %s is not whole in %s, and HF_HUB_OFFLINE forbids to fetch it.
        %s
        Maybe fetch it once without HF_HUB_OFFLINE."""
            .formatted(id, settings.cache(), gap.sentence()));
  }

  private static InputException unreachable(InputException e, HubGap gap) {
    return new InputException("%s\n%s".formatted(e.getMessage(), gap.sentence()), e);
  }
}
