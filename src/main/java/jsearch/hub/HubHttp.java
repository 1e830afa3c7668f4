package jsearch.hub;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jsearch.document.InputException;

/**
 * Requests and their redirects.
 *
 * <p>The token goes to the endpoint alone, never along a redirect to another host.
 */
final class HubHttp {
  static final String LINKED_ETAG = "X-Linked-Etag";

  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> BUSY = Set.of(408, 429, 500, 502, 503, 504);
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HubSettings settings;
  private final Patience patience;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  HubHttp(HubSettings settings, Patience patience) {
    this.settings = settings;
    this.patience = patience;
  }

  /**
   * The response at the end of all redirects, but for one: to a HEAD, a redirect that tells the
   * checksum of the large file behind it is the answer.
   *
   * @param offset the first byte wanted; with 0 no range is asked for
   * @throws IOException when the connection breaks or the server is busy, for now
   */
  HttpResponse<HubBody> send(String method, URI first, long offset) throws IOException {
    URI uri = first;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpRequest request = request(method, uri, offset);
      HttpResponse<HubBody> response =
          await(http.sendAsync(request, info -> new HubBody(patience)));
      boolean told = method.equals("HEAD") && header(response, LINKED_ETAG).isPresent();
      if (BUSY.contains(response.statusCode())) {
        response.body().close();
        throw new IOException("%s answers HTTP %d".formatted(uri, response.statusCode()));
      }
      if (told || !isRedirect(response)) {
        return response;
      }
      response.body().close();
      uri = target(uri, response);
    }
    throw new InputException(
        "%s is redirected more than %d times.".formatted(first, MOST_REDIRECTS));
  }

  static Optional<String> header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name);
  }

  static boolean isRedirect(HttpResponse<?> response) {
    return REDIRECTS.contains(response.statusCode());
  }

  private HttpRequest request(String method, URI uri, long offset) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, BodyPublishers.noBody())
            .header("User-Agent", "jsearch")
            // A compressed answer would have another size and ETag.
            .header("Accept-Encoding", "identity");
    if (isEndpoint(uri)) {
      settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    }
    if (offset > 0) {
      request.header("Range", "bytes=%d-".formatted(offset));
    }
    return request.build();
  }

  private boolean isEndpoint(URI uri) {
    URI endpoint = settings.endpoint();
    return endpoint.getScheme().equals(uri.getScheme())
        && endpoint.getHost().equalsIgnoreCase(uri.getHost())
        && endpoint.getPort() == uri.getPort();
  }

  private <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return patience.await(
          millis -> {
            try {
              return future.get(millis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
              return null;
            } catch (ExecutionException e) {
              throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            }
          });
    } finally {
      future.cancel(true);
    }
  }

  /** Never from https to http: what was asked in secret would be told in the open. */
  private static URI target(URI from, HttpResponse<?> response) {
    String location = header(response, "Location").orElse("nowhere");
    try {
      URI target = from.resolve(location);
      boolean secret = "https".equals(target.getScheme());
      boolean open = "http".equals(target.getScheme()) && "http".equals(from.getScheme());
      if ((secret || open) && target.getHost() != null) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new InputException(
        "%s is redirected to %s, expected an address of %s."
            .formatted(from, location, from.getScheme()));
  }
}
