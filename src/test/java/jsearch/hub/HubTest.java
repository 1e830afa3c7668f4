package jsearch.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.Document;
import jsearch.document.InputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names become directories: from the Hub, from the cache, or from what both have. */
class HubTest {
  /** Made by huggingface_hub, as the file says; make_layout.py beside it made it. */
  private static final Document LAYOUT =
      Document.json(Path.of("src/test/resources/jsearch/hub/layout.json"));

  /** Nothing listens there. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

  @TempDir Path temp;
  private HubFixture hub;

  @BeforeEach
  void start() {
    hub = new HubFixture(temp.resolve("cache"));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static Map<String, String> layout(String key) {
    Map<String, String> map = new TreeMap<>();
    LAYOUT.at(key).entries().forEach((name, text) -> map.put(name, text.text()));
    return map;
  }

  @Test
  void aFreshDownloadIsLaidOutAsHuggingFaceHubDoes() throws IOException {
    hub.server.files.clear();
    layout("files").forEach(hub::put);
    assertEquals(hub.snapshot(), hub.directory("org/tiny"));
    assertEquals(layout("cache"), hub.listing());
    assertEquals(List.of(), hub.warnings);
  }

  @Test
  void whatHuggingFaceHubDownloadedIsFoundOffline() throws IOException {
    Map<String, byte[]> blobs = new TreeMap<>();
    for (String text : layout("files").values()) {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      blobs.put(HubServer.hash("SHA-256", content), content);
      blobs.put(HubServer.gitBlob(content), content);
    }
    for (Map.Entry<String, String> entry : layout("cache").entrySet()) {
      Path path = hub.cache.resolve(entry.getKey());
      String name = path.getFileName().toString();
      Files.createDirectories(path.getParent());
      if (entry.getValue().startsWith("-> ")) {
        Files.createSymbolicLink(path, Path.of(entry.getValue().substring(3)));
      } else {
        byte[] commit = HubServer.COMMIT.getBytes(StandardCharsets.US_ASCII);
        Files.write(path, blobs.getOrDefault(name, commit));
      }
    }
    assertEquals(layout("cache"), hub.listing());
    hub.offline = true;
    assertEquals(hub.snapshot(), hub.directory("org/tiny"));
    assertEquals(List.of(), hub.server.requests);
  }

  @Test
  void aCheckpointFromTheHubOpensAsTheOneThatWasServed() throws IOException {
    Path served = new TinyCheckpoint().shards(3).write(temp.resolve("served"));
    try (HubServer server = HubServer.of(served)) {
      hub.endpoint = server.endpoint();
      Checkpoint fetched = Checkpoint.open(hub.directory("org/tiny"));
      assertEquals(Checkpoint.open(served).fingerprint(), fetched.fingerprint());
    }
  }

  @Test
  void onlyWhatACheckpointNeedsIsFetched() throws IOException {
    hub.put("model.safetensors.index.json", "{}");
    hub.put("consolidated.safetensors", "x");
    hub.put("pytorch_model.bin", "x");
    hub.put("README.md", "x");
    hub.put("onnx/config.json", "x");
    hub.put("chat_template.jinja", "x");
    Path directory = hub.directory("org/tiny");
    try (var files = Files.list(directory)) {
      assertEquals(
          List.of("chat_template.jinja", "config.json", "model.safetensors", "tokenizer.json"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aTagIsNotedAsARefAndACommitIsNot() throws IOException {
    hub.server.revisions.put("refs/pr/1", HubServer.COMMIT);
    hub.directory("org/tiny@refs/pr/1");
    assertEquals(HubServer.COMMIT, Files.readString(hub.repository().resolve("refs/refs/pr/1")));
    hub.directory("org/tiny@" + HubServer.COMMIT);
    assertFalse(Files.exists(hub.repository().resolve("refs/" + HubServer.COMMIT)));
    assertEquals(1, hub.server.requests("GET", "/revision/refs%2Fpr%2F1").size());
  }

  @Test
  void aCommitThatIsWholeInTheCacheIsNotAskedFor() {
    hub.directory("org/tiny");
    hub.server.requests.clear();
    assertEquals(hub.snapshot(), hub.directory("org/tiny@" + HubServer.COMMIT));
    assertEquals(List.of(), hub.server.requests);
  }

  @Test
  void aBranchIsAskedForEachTimeAndNothingElseWhereItHasNotMoved() throws IOException {
    hub.directory("org/tiny");
    Map<String, String> before = hub.listing();
    hub.server.requests.clear();
    hub.directory("org/tiny");
    assertEquals(1, hub.server.requests.size());
    assertEquals(1, hub.server.requests("GET", "/api/models/org/tiny/revision/main").size());
    assertEquals(before, hub.listing());
  }

  @Test
  void aFileThatTheSnapshotLacksIsFetchedAndTheOthersAreNot() throws IOException {
    Path directory = hub.directory("org/tiny");
    Files.delete(directory.resolve("tokenizer.json"));
    hub.server.requests.clear();
    hub.directory("org/tiny@" + HubServer.COMMIT);
    assertTrue(Files.exists(directory.resolve("tokenizer.json")));
    // Its blob is still there: it is only linked.
    assertEquals(1, hub.server.requests("HEAD", "/tokenizer.json").size());
    assertEquals(2, hub.server.requests.size());
  }

  @Test
  void aBlobOfAnotherSizeIsFetchedAnew() throws IOException {
    Path directory = hub.directory("org/tiny");
    Files.writeString(directory.resolve("tokenizer.json").toRealPath(), "{");
    Files.delete(directory.resolve("tokenizer.json"));
    hub.directory("org/tiny");
    assertArrayEquals(
        hub.server.files.get("tokenizer.json"),
        Files.readAllBytes(directory.resolve("tokenizer.json")));
  }

  private String refusal() {
    return assertThrows(InputException.class, () -> hub.directory("org/tiny")).getMessage();
  }

  @Test
  void offlineWhatWasNeverFetchedIsToldFromWhatWasFetchedInPart() throws IOException {
    hub.offline = true;
    assertEquals(
        """
        org/tiny@main is not whole in %s, and HF_HUB_OFFLINE forbids to fetch it.
        It was never fetched into the cache.
        Maybe fetch it once without HF_HUB_OFFLINE."""
            .formatted(hub.cache),
        refusal());
    hub.offline = false;
    Path weights = hub.directory("org/tiny").resolve("model.safetensors");
    hub.offline = true;
    Files.move(weights.toRealPath(), hub.partial());
    assertEquals(
        """
        org/tiny@main is not whole in %s, and HF_HUB_OFFLINE forbids to fetch it.
        It was fetched in part: %s is missing (its link leads to nothing). \
        100,000 bytes of unfinished downloads are in %s.
        Maybe fetch it once without HF_HUB_OFFLINE."""
            .formatted(hub.cache, weights, hub.repository().resolve("blobs")),
        refusal());
  }

  @Test
  void offlineTheFirstMissingShardIsNamed() throws IOException {
    Path served = new TinyCheckpoint().shards(3).write(temp.resolve("served"));
    try (HubServer server = HubServer.of(served)) {
      hub.endpoint = server.endpoint();
      Path directory = hub.directory("org/tiny");
      Files.delete(directory.resolve("model-00002-of-00003.safetensors"));
      Files.delete(directory.resolve("model-00003-of-00003.safetensors"));
      Files.delete(hub.repository().resolve("refs/main")); // ours is written last
      hub.offline = true;
      String message = refusal();
      String missing =
          "It was fetched in part: %s is missing, and 1 more."
              .formatted(directory.resolve("model-00002-of-00003.safetensors"));
      assertTrue(message.contains("\n" + missing + "\n"), message);
    }
  }

  @Test
  void offlineAnotherCommitThatIsThereIsNamed() throws IOException {
    hub.directory("org/tiny@" + HubServer.COMMIT);
    hub.offline = true;
    String message = refusal();
    assertTrue(
        message.contains(
            "It was never fetched into the cache, which has the commit %s of it."
                .formatted(HubServer.COMMIT)),
        message);
  }

  @Test
  void whereTheHubCannotBeAskedTheCachesGapIsToldToo() throws IOException {
    Files.delete(hub.directory("org/tiny").resolve("config.json"));
    hub.endpoint = NOWHERE;
    String message = refusal();
    assertTrue(
        message.endsWith(
            "\nIt was fetched in part: %s is missing."
                .formatted(hub.snapshot().resolve("config.json"))),
        message);
  }

  @Test
  void offlineUsesTheCacheAlone() {
    hub.offline = true;
    InputException e = assertThrows(InputException.class, () -> hub.directory("org/tiny"));
    assertTrue(e.getMessage().contains("org/tiny@main is not whole in " + hub.cache));
    assertTrue(e.getMessage().contains("HF_HUB_OFFLINE"), e.getMessage());
    hub.offline = false;
    hub.directory("org/tiny");
    hub.server.requests.clear();
    hub.offline = true;
    assertEquals(hub.snapshot(), hub.directory("org/tiny"));
    assertEquals(List.of(), hub.server.requests);
  }

  @Test
  void aSnapshotThatLacksAShardIsNotUsedOffline() throws IOException {
    hub.server.files.clear();
    layout("files").forEach(hub::put);
    Path directory = hub.directory("org/tiny");
    Files.delete(directory.resolve("model-00002-of-00002.safetensors"));
    hub.offline = true;
    assertThrows(InputException.class, () -> hub.directory("org/tiny"));
  }

  @Test
  void withoutNetworkTheCacheIsUsedWithAWarning() {
    hub.directory("org/tiny");
    hub.endpoint = NOWHERE;
    assertEquals(hub.snapshot(), hub.directory("org/tiny"));
    assertEquals(1, hub.warnings.size());
    assertTrue(hub.warnings.get(0).contains(NOWHERE.toString()), hub.warnings.get(0));
    assertTrue(hub.warnings.get(0).contains(hub.snapshot().toString()), hub.warnings.get(0));
    assertEquals(List.of(), hub.sleeps);
  }

  @Test
  void withoutNetworkAndCacheTheAddressIsNamed() {
    hub.endpoint = NOWHERE;
    InputException e = assertThrows(InputException.class, () -> hub.directory("org/tiny"));
    assertTrue(e.getMessage().contains(NOWHERE + "/api/models/org/tiny"), e.getMessage());
    assertTrue(e.getMessage().contains("no connection"), e.getMessage());
    assertEquals(1, hub.sleeps.size());
  }

  @Test
  void whereLinksAreNotPossibleTheFilesThemselvesStandInTheSnapshot() throws IOException {
    hub.linker =
        (link, target) -> {
          throw new FileSystemException(link.toString(), null, "A required privilege is not held");
        };
    Path weights = hub.directory("org/tiny").resolve(HubFixture.WEIGHTS);
    assertTrue(Files.isRegularFile(weights, LinkOption.NOFOLLOW_LINKS));
    assertArrayEquals(HubFixture.CONTENT, Files.readAllBytes(weights));
    hub.offline = true;
    assertEquals(hub.snapshot(), hub.directory("org/tiny"));
  }

  @Test
  void aRepositoryWithoutSafetensorsIsRefusedWithWhatItHas() {
    hub.server.files.remove(HubFixture.WEIGHTS);
    hub.put("pytorch_model.bin", "x");
    InputException e = assertThrows(InputException.class, () -> hub.directory("org/tiny"));
    assertTrue(e.getMessage().contains("pytorch_model.bin"), e.getMessage());
    assertFalse(Files.exists(hub.repository()));
  }
}
