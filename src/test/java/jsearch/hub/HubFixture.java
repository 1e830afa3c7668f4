package jsearch.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A Hub with a repository of random bytes, an empty cache, and a monitor that keeps a record. */
final class HubFixture implements AutoCloseable, HubMonitor {
  static final String WEIGHTS = "model.safetensors";
  static final byte[] CONTENT = random(100_000);

  final HubServer server = new HubServer();
  final List<String> warnings = new ArrayList<>();
  final List<Duration> sleeps = new ArrayList<>();
  final List<Long> progress = new ArrayList<>();
  Optional<String> token = Optional.empty();
  boolean offline;
  BooleanSupplier stop = () -> false;
  HubCache.Linker linker = Files::createSymbolicLink;
  URI endpoint = server.endpoint();
  long total;
  final Path cache;

  HubFixture(Path cache) {
    this.cache = cache;
    put("config.json", "{}");
    put("tokenizer.json", "{\"version\": \"1.0\"}");
    server.files.put(WEIGHTS, CONTENT);
  }

  void put(String file, String content) {
    server.files.put(file, content.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  Path directory(String id) {
    HubSettings settings = new HubSettings(cache, endpoint, token, offline);
    return new Hub(settings, sleeps::add, Duration.ofMillis(600), linker)
        .directory(HubId.parse(id), this);
  }

  Path repository() {
    return cache.resolve("models--org--tiny");
  }

  Path snapshot() {
    return repository().resolve("snapshots").resolve(HubServer.COMMIT);
  }

  Path partial() {
    return repository()
        .resolve("blobs/" + HubServer.hash("SHA-256", CONTENT) + ".jsearch.incomplete");
  }

  /** Files under the cache's repositories: the target of a link, or the SHA-256 of the content. */
  Map<String, String> listing() throws IOException {
    Map<String, String> listing = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(cache)) {
      for (Path path : paths.toList()) {
        String name = cache.relativize(path).toString().replace('\\', '/');
        if (name.startsWith("models--") && Files.isSymbolicLink(path)) {
          listing.put(name, "-> " + Files.readSymbolicLink(path).toString().replace('\\', '/'));
        } else if (name.startsWith("models--")
            && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          listing.put(name, "sha256 " + HubServer.hash("SHA-256", Files.readAllBytes(path)));
        }
      }
    }
    return listing;
  }

  @Override
  public void downloaded(String file, long bytes, long total) {
    progress.add(bytes);
    this.total = total;
  }

  @Override
  public void warn(String warning) {
    warnings.add(warning);
  }

  @Override
  public boolean stop() {
    return stop.getAsBoolean();
  }

  @Override
  public void close() {
    server.close();
  }
}
