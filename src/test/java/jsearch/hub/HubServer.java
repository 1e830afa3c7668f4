package jsearch.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import jsearch.document.Writer;

/**
 * A Hub on loopback with the one repository {@code org/tiny}: its front, and on a port of its own
 * the storage that the front redirects to for files in safetensors, as the true one does.
 */
public final class HubServer implements AutoCloseable {
  /** What was asked of the front, or of the storage. */
  record Request(String server, String method, String path, String range, String authorization) {
    boolean is(String method, String pathEnd) {
      return this.method.equals(method) && path.endsWith(pathEnd);
    }
  }

  private record Fault(String method, String pathEnd, HttpHandler handler) {}

  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  final Map<String, String> revisions = new ConcurrentHashMap<>(Map.of("main", COMMIT));
  final Map<String, byte[]> files = new TreeMap<>();
  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer front = start("front", this::front);
  private final HttpServer storage = start("storage", this::storage);
  volatile boolean knowsRanges = true;

  HubServer() {}

  /** A Hub whose repository holds the files of a directory. */
  public static HubServer of(Path directory) {
    HubServer server = new HubServer();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        server.files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return server;
  }

  /** The address of the front. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
  }

  List<Request> requests(String method, String pathEnd) {
    return requests.stream().filter(request -> request.is(method, pathEnd)).toList();
  }

  /** Has the next such request handled otherwise; several such wait in turn. */
  void next(String method, String pathEnd, HttpHandler handler) {
    faults.add(new Fault(method, pathEnd, handler));
  }

  /** Answers the next such request with a status and headers, and nothing else. */
  void next(String method, String pathEnd, int status, String... headers) {
    next(
        method,
        pathEnd,
        exchange -> {
          for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
          }
          exchange.sendResponseHeaders(status, -1);
        });
  }

  /** Cuts the next transfer of a file after so many bytes. */
  void cut(String file, int bytes) {
    next("GET", "/large/" + file, exchange -> send(exchange, 200, files.get(file), bytes));
  }

  static {
    // Else each answer waits 40 ms for an acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** Falls silent in the next transfer of a file, after so many bytes. */
  public void stall(String file, int bytes) {
    next(
        "GET",
        "/large/" + file,
        exchange -> {
          send(exchange, 200, files.get(file), bytes);
          try {
            Thread.sleep(Long.MAX_VALUE); // until the server is closed
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private HttpServer start(String name, HttpHandler handler) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext("/", exchange -> handle(name, exchange, handler));
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(String name, HttpExchange exchange, HttpHandler handler) throws IOException {
    Request request =
        new Request(
            name,
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            exchange.getRequestHeaders().getFirst("Range"),
            exchange.getRequestHeaders().getFirst("Authorization"));
    requests.add(request);
    Optional<Fault> fault =
        faults.stream().filter(f -> request.is(f.method(), f.pathEnd())).findFirst();
    fault.ifPresent(faults::remove);
    try (exchange) {
      fault.map(Fault::handler).orElse(handler).handle(exchange);
    }
  }

  private void front(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String raw = exchange.getRequestURI().getRawPath();
    String api = "/api/models/org/tiny/revision/";
    String resolve = "/org/tiny/resolve/" + COMMIT + "/";
    // A slash within a revision stays encoded.
    String revision = raw.startsWith(api) && raw.indexOf('/', api.length()) < 0 ? path : "";
    if (!revision.isEmpty() && commits().containsKey(path.substring(api.length()))) {
      String commit = commits().get(path.substring(api.length()));
      List<Map<String, String>> names =
          files.keySet().stream().map(name -> Map.of("rfilename", name)).toList();
      String answer = Writer.json(Map.of("sha", commit, "siblings", names));
      send(exchange, 200, answer.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
    } else if (!revision.isEmpty()) {
      exchange.getResponseHeaders().add("X-Error-Code", "RevisionNotFound");
      exchange.sendResponseHeaders(404, -1);
    } else if (path.startsWith(resolve) && files.containsKey(path.substring(resolve.length()))) {
      file(exchange, path.substring(resolve.length()));
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private Map<String, String> commits() {
    Map<String, String> commits = new TreeMap<>(revisions);
    commits.put(COMMIT, COMMIT);
    return commits;
  }

  private void file(HttpExchange exchange, String name) throws IOException {
    byte[] content = files.get(name);
    exchange.getResponseHeaders().add("X-Repo-Commit", COMMIT);
    if (name.endsWith(".safetensors")) {
      String large = "http://127.0.0.1:%d/large/%s".formatted(storage.getAddress().getPort(), name);
      exchange.getResponseHeaders().add("Location", large);
      exchange.getResponseHeaders().add("X-Linked-Etag", quoted(hash("SHA-256", content)));
      exchange.getResponseHeaders().add("X-Linked-Size", String.valueOf(content.length));
      exchange.sendResponseHeaders(302, -1);
    } else {
      exchange.getResponseHeaders().add("ETag", quoted(gitBlob(content)));
      send(exchange, 200, content, Integer.MAX_VALUE);
    }
  }

  private void storage(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] content = files.get(path.substring(path.lastIndexOf('/') + 1));
    // The storage has ETags of its own, which mean nothing here.
    exchange.getResponseHeaders().add("ETag", "\"of-the-storage\"");
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null || !knowsRanges) {
      send(exchange, 200, content, Integer.MAX_VALUE);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    exchange
        .getResponseHeaders()
        .add("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    send(exchange, 206, Arrays.copyOfRange(content, from, content.length), Integer.MAX_VALUE);
  }

  /** Sends all of the content, or breaks the connection after so many bytes. */
  static void send(HttpExchange exchange, int status, byte[] content, int most) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().add("Content-Length", String.valueOf(content.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content, 0, Math.min(most, content.length));
    exchange.getResponseBody().flush();
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  static String gitBlob(byte[] content) {
    byte[] head = "blob %d\0".formatted(content.length).getBytes(StandardCharsets.US_ASCII);
    return hash("SHA-1", head, content);
  }

  static String hash(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      Arrays.stream(parts).forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    front.stop(0);
    storage.stop(0);
    threads.shutdownNow();
  }
}
