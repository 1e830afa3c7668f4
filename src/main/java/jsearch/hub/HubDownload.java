package jsearch.hub;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jsearch.document.InputException;

/** Brings files of one commit into the cache: each fetched, verified and linked in turn. */
final class HubDownload {
  private final HubClient client;
  private final HubCache cache;
  private final Patience patience;
  private final HubMonitor monitor;
  private final String commit;
  private long done;
  private long total;

  HubDownload(
      HubClient client, HubCache cache, Patience patience, HubMonitor monitor, String commit) {
    this.client = client;
    this.cache = cache;
    this.patience = patience;
    this.monitor = monitor;
    this.commit = commit;
  }

  /**
   * Fetches those of these files that the snapshot lacks.
   *
   * @throws InputException when one cannot be had or there is too little room
   * @throws java.util.concurrent.CancellationException when it is stopped
   */
  void fetch(List<String> names) {
    Path snapshot = cache.snapshot(commit);
    List<HubFile> files =
        names.stream()
            .filter(name -> !Files.isRegularFile(snapshot.resolve(name)))
            .map(name -> client.file(commit, name))
            .toList();
    done = 0;
    total = files.stream().mapToLong(this::missing).sum();
    if (total > 0) {
      requireRoom(files.get(0));
    }
    for (HubFile file : files) {
      HubLock.holding(cache.lock(file), patience, () -> bring(file));
    }
  }

  private void bring(HubFile file) {
    if (!cache.has(file)) {
      fetch(file);
    }
    cache.link(commit, file);
  }

  /** Bytes still to come. */
  private long missing(HubFile file) {
    try {
      Path partial = cache.partial(file);
      long there = Files.exists(partial) ? Files.size(partial) : 0;
      return cache.has(file) ? 0 : Math.max(0, file.size() - there);
    } catch (IOException e) {
      return file.size();
    }
  }

  private void requireRoom(HubFile any) {
    Path blobs = cache.blob(any).getParent();
    long room;
    try {
      Files.createDirectories(blobs);
      room = Files.getFileStore(blobs).getUsableSpace();
    } catch (IOException e) {
      throw HubCache.unwritable(blobs, e);
    }
    if (room < total) {
      throw new InputException(
          """
          %s has room for %,d bytes, expected %,d for what is to be fetched.
          Maybe HF_HUB_CACHE should name a directory on another disk."""
              .formatted(blobs, room, total));
    }
  }

  private void fetch(HubFile file) {
    int failures = 0;
    try (HubPartial partial = new HubPartial(file, cache.partial(file))) {
      if (partial.bytes() > file.size()) {
        partial.restart();
      }
      while (partial.bytes() < file.size()) {
        long before = partial.bytes();
        try {
          transfer(file, partial);
        } catch (IOException e) {
          failures = partial.bytes() > before ? 1 : failures + 1;
          patience.pause(failures, Patience.TRIES, client.content(commit, file.name()), e);
        }
      }
      partial.finish(cache.blob(file));
    }
  }

  private void transfer(HubFile file, HubPartial partial) throws IOException {
    HttpResponse<HubBody> response = client.open(commit, file, partial.bytes());
    try (HubBody body = response.body()) {
      if (response.statusCode() == 200 && partial.bytes() > 0) {
        total += partial.bytes(); // this server knows no ranges
        partial.restart();
      }
      for (List<ByteBuffer> bytes = body.next(); !bytes.isEmpty(); bytes = body.next()) {
        for (ByteBuffer buffer : bytes) {
          done += buffer.remaining();
          partial.append(buffer);
        }
        if (partial.bytes() > file.size()) {
          return; // another file: finish() says so
        }
        monitor.downloaded(file.name(), done, total);
      }
    }
    if (partial.bytes() < file.size()) {
      throw new IOException("the connection ended after %,d bytes".formatted(partial.bytes()));
    }
  }
}
