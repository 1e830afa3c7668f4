package jsearch.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {
  @TempDir Path home;

  private HubSettings from(Map<String, String> environment) {
    return HubSettings.from(environment, home);
  }

  @Test
  void theDefaultsAreThoseOfHuggingFaceHub() {
    assertEquals(
        new HubSettings(
            home.resolve(".cache/huggingface/hub"),
            URI.create("https://huggingface.co"),
            Optional.empty(),
            false),
        from(Map.of()));
  }

  @Test
  void theCacheIsNamedByTheNarrowestVariable() {
    Map<String, String> xdg = Map.of("XDG_CACHE_HOME", "/xdg");
    assertEquals(Path.of("/xdg/huggingface/hub"), from(xdg).cache());
    Map<String, String> home = Map.of("XDG_CACHE_HOME", "/xdg", "HF_HOME", "/hf");
    assertEquals(Path.of("/hf/hub"), from(home).cache());
    Map<String, String> cache = Map.of("HF_HOME", "/hf", "HF_HUB_CACHE", "/cache");
    assertEquals(Path.of("/cache"), from(cache).cache());
    assertEquals(Path.of("/hf/hub"), from(Map.of("HF_HOME", "/hf", "HF_HUB_CACHE", "")).cache());
    assertEquals(this.home.resolve("hf/hub"), from(Map.of("HF_HOME", "~/hf")).cache());
  }

  @Test
  void theTokenIsTheVariablesElseTheFiles() throws IOException {
    Path file = Files.createDirectories(home.resolve(".cache/huggingface")).resolve("token");
    Files.writeString(file, "hf_file\n");
    assertEquals(Optional.of("hf_file"), from(Map.of()).token());
    assertEquals(Optional.of("hf_variable"), from(Map.of("HF_TOKEN", "hf_variable\n")).token());
    Path other = Files.writeString(home.resolve("other"), "hf_other");
    Map<String, String> named = Map.of("HF_TOKEN_PATH", other.toString());
    assertEquals(Optional.of("hf_other"), from(named).token());
  }

  @Test
  void theTokenIsNotShown() {
    assertFalse(from(Map.of("HF_TOKEN", "hf_secret")).toString().contains("hf_secret"));
    InputException e =
        assertThrows(InputException.class, () -> from(Map.of("HF_TOKEN", "hf_secret\nHost: x")));
    assertFalse(e.getMessage().contains("hf_secret"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "ON", "yes", "True"})
  void offlineIsSwitchedOnByTheWordsOfHuggingFaceHub(String value) {
    assertTrue(from(Map.of("HF_HUB_OFFLINE", value)).offline());
    assertTrue(from(Map.of("TRANSFORMERS_OFFLINE", value)).offline());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "false", "off", ""})
  void offlineIsNotSwitchedOnByOtherWords(String value) {
    assertFalse(from(Map.of("HF_HUB_OFFLINE", value)).offline());
  }

  @Test
  void theEndpointHasNoSlashAtItsEnd() {
    assertEquals(
        URI.create("http://mirror:8080/hub"),
        from(Map.of("HF_ENDPOINT", "http://mirror:8080/hub/")).endpoint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"huggingface.co", "ftp://host", "http://", "https:///path", "a b"})
  void anEndpointThatIsNoAddressIsRefused(String value) {
    InputException e = assertThrows(InputException.class, () -> from(Map.of("HF_ENDPOINT", value)));
    assertTrue(e.getMessage().contains("HF_ENDPOINT is " + value), e.getMessage());
  }
}
