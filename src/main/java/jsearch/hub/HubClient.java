package jsearch.hub;

import static jsearch.hub.HubHttp.header;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * Asks the Hub about one repository, by the part of its HTTP interface that a download needs.
 *
 * <pre>
 * GET  ENDPOINT/api/models/NAME/revision/REVISION   the commit and its files
 * HEAD ENDPOINT/NAME/resolve/COMMIT/FILE            a file's size and checksum
 * GET  ENDPOINT/NAME/resolve/COMMIT/FILE            its content, often by redirects to elsewhere
 * </pre>
 */
final class HubClient {
  private static final int MOST_JSON = 32 << 20;
  private static final long MOST_BESIDE_WEIGHTS = 256 << 20;

  /** A commit and the names of all its files, as paths from the repository's root. */
  record Repository(String commit, Set<String> files) {}

  private final HubSettings settings;
  private final HubId id;
  private final Patience patience;
  private final HubHttp http;

  HubClient(HubSettings settings, HubId id, Patience patience) {
    this.settings = settings;
    this.id = id;
    this.patience = patience;
    this.http = new HubHttp(settings, patience);
  }

  /**
   * What the revision is now.
   *
   * @param tries how often to ask while the Hub is out of reach or busy
   * @throws InputException when it stays so, refuses, or does not know the repository
   */
  Repository repository(int tries) {
    URI uri = uri("api/models/%s/revision/%s", id.name(), encoded(id.revision()));
    String text =
        retrying(
            tries,
            uri,
            () -> {
              try (HubBody body = granted("GET", uri, 0).body()) {
                return new String(body.all(MOST_JSON), StandardCharsets.UTF_8);
              }
            });
    Document answer = Document.json(uri.toString(), text);
    String commit = answer.at("sha").text();
    boolean other = id.isCommit() && !id.revision().equals(commit);
    if (other || !HubId.COMMIT.matcher(commit).matches()) {
      throw answer.at("sha").expected(other ? id.revision() : "a commit of 40 hexadecimal digits");
    }
    Set<String> files = new TreeSet<>();
    answer.at("siblings").items().forEach(file -> files.add(file.at("rfilename").text()));
    return new Repository(commit, files);
  }

  /**
   * The size and checksum of a file.
   *
   * @throws InputException when the Hub does not tell them
   */
  HubFile file(String commit, String name) {
    URI uri = content(commit, name);
    HttpResponse<HubBody> head =
        retrying(
            Patience.TRIES,
            uri,
            () -> {
              HttpResponse<HubBody> response = granted("HEAD", uri, 0);
              response.body().close();
              return response;
            });
    String found = header(head, "X-Repo-Commit").orElse(commit);
    String etag = header(head, HubHttp.LINKED_ETAG).or(() -> header(head, "ETag")).orElse("none");
    String plain = etag.replaceFirst("^W/", "").replace("\"", "");
    long size = size(head);
    if (!found.equals(commit) || !HubFile.isEtag(plain) || size < 0) {
      throw new InputException(
          """
          %s has commit %s, ETag %s and size %d, expected commit %s, a checksum of 40 or 64 \
          hexadecimal digits and a number of bytes.
          Maybe HF_ENDPOINT is not the address of a Hub."""
              .formatted(uri, found, etag, size, commit));
    }
    if (size > MOST_BESIDE_WEIGHTS && !name.endsWith(".safetensors")) {
      throw new InputException(
          "%s has %,d bytes, expected at most %,d of a file beside the weights."
              .formatted(uri, size, MOST_BESIDE_WEIGHTS));
    }
    return new HubFile(name, plain, size);
  }

  /** The size of the file, not of a redirect's own body; -1 when it is not told. */
  private static long size(HttpResponse<?> head) {
    return header(head, "X-Linked-Size")
        .or(() -> HubHttp.isRedirect(head) ? Optional.empty() : header(head, "Content-Length"))
        .filter(text -> text.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .orElse(-1L);
  }

  /**
   * The content from this byte on (status 206), or all of it (status 200) as the server likes.
   *
   * @throws IOException when trying again may help
   * @throws InputException when it does not
   */
  HttpResponse<HubBody> open(String commit, HubFile file, long offset) throws IOException {
    HttpResponse<HubBody> response = granted("GET", content(commit, file.name()), offset);
    String range = header(response, "Content-Range").orElse("no range");
    if (response.statusCode() == 206 && !range.startsWith("bytes %d-".formatted(offset))) {
      response.body().close();
      throw new IOException("asked for bytes from %d, got %s".formatted(offset, range));
    }
    return response;
  }

  /** The address of a file's content. */
  URI content(String commit, String name) {
    return uri("%s/resolve/%s/%s", id.name(), commit, encoded(name));
  }

  private URI uri(String path, Object... parts) {
    return URI.create(settings.endpoint() + "/" + path.formatted(parts));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private interface Call<T> {
    T call() throws IOException;
  }

  private <T> T retrying(int tries, URI uri, Call<T> call) {
    for (int failures = 1; ; failures++) {
      try {
        return call.call();
      } catch (IOException e) {
        // Without a network no patience helps, and the user waits.
        patience.pause(
            failures, e instanceof ConnectException ? Math.min(tries, 2) : tries, uri, e);
      }
    }
  }

  private HttpResponse<HubBody> granted(String method, URI uri, long offset) throws IOException {
    HttpResponse<HubBody> response = http.send(method, uri, offset);
    if (response.statusCode() >= 400) {
      response.body().close();
      throw refusal(response);
    }
    return response;
  }

  /** The Hub answers 401 also for what does not exist, to those without a token. */
  private InputException refusal(HttpResponse<?> response) {
    int status = response.statusCode();
    String code = header(response, "X-Error-Code").orElse(status == 404 ? "RepoNotFound" : "");
    if (code.equals("RevisionNotFound")) {
      return new InputException(
          "%s has no revision %s of %s (HTTP %d), expected a branch, a tag or a commit."
              .formatted(settings.endpoint(), id.revision(), id.name(), status));
    }
    if (code.equals("RepoNotFound")) {
      return new InputException(
          """
          %s has no repository %s with revision %s that may be read (HTTP %d).
          Maybe the name is wrong; if it is private, set HF_TOKEN to a token that may read it."""
              .formatted(settings.endpoint(), id.name(), id.revision(), status));
    }
    if (status == 401 || status == 403) {
      return new InputException(
          """
          %s refuses %s (HTTP %d): it is gated, private or does not exist.
          Maybe accept its terms at %1$s/%4$s, and set HF_TOKEN to a token that may read it."""
              .formatted(settings.endpoint(), id, status, id.name()));
    }
    return new InputException(
        "%s answers HTTP %d, expected 200.".formatted(response.uri(), status));
  }
}
