package jsearch.hub;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * Where the Hub and its cache are.
 *
 * @param cache the root of the cache, with a directory {@code models--org--name} a repository
 * @param endpoint the Hub's address, without a slash at its end
 * @param token of the user, sent to the endpoint alone
 * @param offline whether the cache alone is used
 */
public record HubSettings(Path cache, URI endpoint, Optional<String> token, boolean offline) {
  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

  public HubSettings {
    token.ifPresent(HubSettings::requireToken);
  }

  /**
   * The settings that huggingface_hub takes from the same environment.
   *
   * <p>Read are HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME, HF_ENDPOINT, HF_TOKEN, HF_TOKEN_PATH,
   * HF_HUB_OFFLINE and TRANSFORMERS_OFFLINE.
   *
   * @param home the user's home directory
   * @throws InputException when a value cannot be used
   */
  public static HubSettings from(Map<String, String> environment, Path home) {
    Path caches = path(environment, "XDG_CACHE_HOME", home).orElse(home.resolve(".cache"));
    Path hugging = path(environment, "HF_HOME", home).orElse(caches.resolve("huggingface"));
    Path tokenFile = path(environment, "HF_TOKEN_PATH", home).orElse(hugging.resolve("token"));
    return new HubSettings(
        path(environment, "HF_HUB_CACHE", home).orElse(hugging.resolve("hub")),
        endpoint(value(environment, "HF_ENDPOINT").orElse("https://huggingface.co")),
        value(environment, "HF_TOKEN").or(() -> token(tokenFile)),
        Stream.of("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
            .flatMap(name -> value(environment, name).stream())
            .findFirst()
            .filter(value -> TRUE.contains(value.toUpperCase(Locale.ROOT)))
            .isPresent());
  }

  /** Set and not blank. */
  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  private static Optional<Path> path(Map<String, String> environment, String name, Path home) {
    return value(environment, name)
        .map(v -> v.equals("~") || v.startsWith("~/") ? home + v.substring(1) : v)
        .map(Path::of);
  }

  private static Optional<String> token(Path file) {
    return Files.isRegularFile(file)
        ? Optional.of(Document.readText(file).strip()).filter(token -> !token.isEmpty())
        : Optional.empty();
  }

  /** Does not show it: messages end up in logs. */
  private static void requireToken(String token) {
    if (!token.matches("[!-~]+")) {
      throw new InputException("HF_TOKEN or the token file holds more than a token, expected one.");
    }
  }

  private static URI endpoint(String text) {
    try {
      URI endpoint = URI.create(text.replaceAll("/+$", ""));
      boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
      if (http && endpoint.getHost() != null) {
        return endpoint;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new InputException(
        "HF_ENDPOINT is %s, expected an address such as https://huggingface.co.".formatted(text));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "HubSettings[%s, %s, offline %s]".formatted(cache, endpoint, offline);
  }
}
