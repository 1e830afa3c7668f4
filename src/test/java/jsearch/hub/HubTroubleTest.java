package jsearch.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import jsearch.document.InputException;
import jsearch.document.Writer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks break, servers refuse or lie, people press Ctrl-C. */
class HubTroubleTest {
  private static final String WEIGHTS = HubFixture.WEIGHTS;
  private static final byte[] CONTENT = HubFixture.CONTENT;
  private static final String API = "/api/models/org/tiny/revision/main";

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

  private String refusal() {
    return assertThrows(InputException.class, () -> hub.directory("org/tiny")).getMessage();
  }

  private void assertWeightsCome() throws IOException {
    assertArrayEquals(CONTENT, Files.readAllBytes(hub.directory("org/tiny").resolve(WEIGHTS)));
    assertFalse(Files.exists(hub.partial()));
  }

  private void leavePartial(byte[] bytes) throws IOException {
    Files.createDirectories(hub.partial().getParent());
    Files.write(hub.partial(), bytes);
  }

  private List<String> ranges() {
    return hub.server.requests("GET", "/large/" + WEIGHTS).stream()
        .map(request -> String.valueOf(request.range()))
        .toList();
  }

  @Test
  void aPartialFileIsResumedWhereItEnds() throws IOException {
    leavePartial(Arrays.copyOf(CONTENT, 30_000));
    assertWeightsCome();
    assertEquals(List.of("bytes=30000-"), ranges());
    assertEquals(70_000, hub.total);
    assertEquals(70_000, hub.progress.get(hub.progress.size() - 1));
  }

  @Test
  void aServerWithoutRangesSendsAllAnew() throws IOException {
    hub.server.knowsRanges = false;
    leavePartial(Arrays.copyOf(CONTENT, 30_000));
    assertWeightsCome();
    assertEquals(List.of("bytes=30000-"), ranges());
    assertEquals(100_000, hub.total);
  }

  @Test
  void aPartialFileThatIsTooLongIsBegunAnew() throws IOException {
    leavePartial(HubFixture.random(200_000));
    assertWeightsCome();
    assertEquals(List.of("null"), ranges());
  }

  @Test
  void aPartialFileThatIsWholeIsVerifiedAndNotFetched() throws IOException {
    leavePartial(CONTENT);
    assertWeightsCome();
    assertEquals(List.of(), ranges());
  }

  @Test
  void aBrokenConnectionIsResumed() throws IOException {
    hub.server.cut(WEIGHTS, 40_000);
    assertWeightsCome();
    // What came before the break may be a little less than what was sent.
    assertEquals(2, ranges().size());
    assertTrue(ranges().get(1).matches("bytes=\\d+-|null"), ranges().get(1));
    assertEquals(List.of(Duration.ofSeconds(1)), hub.sleeps);
  }

  @Test
  void aConnectionThatFallsSilentIsGivenUpAndResumed() throws IOException {
    hub.server.stall(WEIGHTS, 40_000);
    assertWeightsCome();
    assertEquals(List.of("null", "bytes=40000-"), ranges());
  }

  @Test
  void aWrongRangeIsNotTaken() throws IOException {
    leavePartial(Arrays.copyOf(CONTENT, 30_000));
    hub.server.next("GET", "/large/" + WEIGHTS, 206, "Content-Range", "bytes 0-99999/100000");
    assertWeightsCome();
    assertEquals(List.of("bytes=30000-", "bytes=30000-"), ranges());
  }

  @Test
  void aServerThatBreaksEachTimeIsGivenUpWithPausesThatGrow() {
    for (int i = 0; i < Patience.TRIES; i++) {
      hub.server.next("GET", "/large/" + WEIGHTS, 503);
    }
    assertTrue(refusal().contains("HTTP 503"));
    assertEquals(Stream.of(1, 2, 4, 8).map(Duration::ofSeconds).toList(), hub.sleeps);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aBusyServerIsAskedAgain(int status) throws IOException {
    hub.server.next("GET", API, status);
    hub.server.next("HEAD", "/config.json", status);
    hub.server.next("GET", "/config.json", status);
    assertWeightsCome();
    assertEquals(3, hub.sleeps.size());
  }

  @Test
  void anotherContentOfTheSameSizeIsDeletedAndRefused() throws IOException {
    hub.server.next(
        "GET",
        "/large/" + WEIGHTS,
        exchange -> HubServer.send(exchange, 200, new byte[100_000], 100_000));
    String message = refusal();
    assertTrue(message.contains("checksum " + HubServer.hash("SHA-256", CONTENT)), message);
    assertFalse(Files.exists(hub.partial()));
    assertFalse(Files.exists(hub.snapshot().resolve(WEIGHTS)));
    assertFalse(Files.exists(hub.repository().resolve("refs/main")));
    assertWeightsCome();
  }

  @Test
  void aSmallFileIsVerifiedByItsGitHash() {
    hub.server.next(
        "GET", "/config.json", exchange -> HubServer.send(exchange, 200, new byte[] {'[', ']'}, 2));
    String message = refusal();
    // printf 'blob 2\0{}' | sha1sum
    assertTrue(message.contains("9e26dfeeb6e641a33dae4961196235bdb965b21b"), message);
  }

  @Test
  void moreBytesThanPromisedAreRefused() {
    hub.server.next(
        "GET",
        "/large/" + WEIGHTS,
        exchange -> HubServer.send(exchange, 200, HubFixture.random(900_000), 900_000));
    assertTrue(refusal().contains("expected 100,000 bytes"));
    assertFalse(Files.exists(hub.partial()));
  }

  @Test
  void theTokenGoesToTheEndpointAndNotToTheStorage() {
    hub.token = Optional.of("hf_secret");
    hub.directory("org/tiny");
    for (HubServer.Request request : hub.server.requests) {
      if (request.server().equals("front")) {
        assertEquals("Bearer hf_secret", request.authorization());
      } else {
        assertNull(request.authorization());
      }
    }
    assertEquals(1, ranges().size());
  }

  @Test
  void aRepositoryThatWasRenamedIsFollowed() throws IOException {
    hub.server.next("GET", API, 307, "Location", API + "?renamed");
    hub.server.next(
        "HEAD",
        "/config.json",
        307,
        "Location",
        "/org/tiny/resolve/%s/config.json".formatted(HubServer.COMMIT));
    assertWeightsCome();
  }

  @Test
  void aCircleOfRedirectsIsLeft() {
    for (int i = 0; i < 20; i++) {
      hub.server.next("GET", API, 307, "Location", API);
    }
    assertTrue(refusal().contains("redirected more than 10 times"));
  }

  @Test
  void aRedirectToSomethingElseThanTheWebIsRefused() {
    hub.server.next("GET", API, 302, "Location", "file:///etc/passwd");
    assertTrue(refusal().contains("redirected to file:///etc/passwd"));
  }

  @ParameterizedTest
  @CsvSource({"401, GatedRepo", "403, GatedRepo", "401, ''"})
  void aGatedRepositoryIsToldWithWhatToDo(int status, String code) {
    if (code.isEmpty()) {
      hub.server.next("GET", API, status);
    } else {
      hub.server.next("GET", API, status, "X-Error-Code", code);
    }
    String message = refusal();
    assertTrue(message.contains("HTTP " + status), message);
    assertTrue(message.contains("gated"), message);
    assertTrue(message.contains("HF_TOKEN"), message);
    assertTrue(message.contains(hub.endpoint + "/org/tiny,"), message);
    assertEquals(List.of(), hub.sleeps);
  }

  @Test
  void aRepositoryThatIsNotThereIsToldWithTheEndpoint() {
    InputException e = assertThrows(InputException.class, () -> hub.directory("org/other"));
    assertTrue(
        e.getMessage().startsWith(hub.endpoint + " has no repository org/other"), e.getMessage());
  }

  @Test
  void aRevisionThatIsNotThereIsToldWithTheEndpoint() {
    InputException e = assertThrows(InputException.class, () -> hub.directory("org/tiny@v9"));
    assertTrue(
        e.getMessage().startsWith(hub.endpoint + " has no revision v9 of org/tiny"),
        e.getMessage());
  }

  @Test
  void aStoppedDownloadKeepsItsPartAndGoesOn() throws IOException {
    hub.stop = () -> hub.progress.stream().anyMatch(bytes -> bytes > 20_000);
    assertThrows(CancellationException.class, () -> hub.directory("org/tiny"));
    long kept = Files.size(hub.partial());
    assertTrue(kept > 0 && kept < CONTENT.length, "kept " + kept);
    assertFalse(Files.exists(hub.repository().resolve("refs/main")));
    hub.stop = () -> false;
    hub.server.requests.clear();
    assertWeightsCome();
    assertEquals(List.of("bytes=%d-".formatted(kept)), ranges());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../evil.safetensors", "/tmp/evil.safetensors", "..\\e.safetensors"})
  void anIndexCannotNameFilesOutsideTheSnapshot(String shard) throws IOException {
    hub.server.files.remove(WEIGHTS);
    hub.put("model.safetensors.index.json", Writer.json(Map.of("weight_map", Map.of("a", shard))));
    hub.put(shard, "evil");
    assertTrue(refusal().contains("expected the plain name"));
    try (Stream<Path> paths = Files.walk(temp)) {
      assertEquals(List.of(), paths.filter(p -> p.toString().contains("evil")).toList());
    }
  }

  @Test
  void aShardThatTheRepositoryLacksIsNamed() {
    hub.server.files.remove(WEIGHTS);
    hub.put("model.safetensors.index.json", "{\"weight_map\": {\"a\": \"x.safetensors\"}}");
    assertTrue(refusal().startsWith("org/tiny@main has no x.safetensors, but its model.saf"));
  }

  @Test
  void aFileBesideTheWeightsIsNotBoundless() {
    String etag = "0".repeat(64);
    String size = "300000000";
    hub.server.next("HEAD", "/tokenizer.json", 302, "X-Linked-Etag", etag, "X-Linked-Size", size);
    assertTrue(refusal().contains("/tokenizer.json has 300,000,000 bytes, expected at most"));
  }

  @Test
  void filesWithOtherNamesAreNeverWritten() throws IOException {
    hub.put("../../../config.json", "evil");
    hub.put("/etc/config.json", "evil");
    hub.put("C:\\config.json", "evil");
    hub.directory("org/tiny");
    assertEquals(7, hub.listing().size(), hub.listing()::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../../evil", "main", "0123456789ABCDEF0123456789ABCDEF01234567"})
  void aCommitIsAHashOrRefused(String commit) {
    hub.server.revisions.put("main", commit);
    assertTrue(refusal().contains("expected a commit of 40 hexadecimal digits"));
    assertFalse(Files.exists(hub.cache));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../evil", "\"2-5f\""})
  void anEtagIsAChecksumOrRefused(String etag) {
    hub.server.next("HEAD", "/config.json", 200, "ETag", etag, "Content-Length", "2");
    assertTrue(refusal().contains("expected commit"));
  }

  @Test
  void aFileOfAnotherCommitIsRefused() {
    hub.server.next("HEAD", "/config.json", 200, "X-Repo-Commit", "f".repeat(40));
    assertTrue(refusal().contains("f".repeat(40)));
  }

  @Test
  void anAnswerThatIsNotTheHubsIsNamed() {
    hub.server.next(
        "GET",
        API,
        exchange ->
            HubServer.send(
                exchange, 200, "<html>".getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE));
    assertTrue(refusal().startsWith(hub.endpoint + API + ", line 1 is not valid JSON"));
  }

  @Test
  void tooLittleRoomIsToldBeforeAnythingIsFetched() {
    hub.server.next(
        "HEAD",
        "/" + WEIGHTS,
        302,
        "Location",
        hub.endpoint + "/large",
        "X-Linked-Etag",
        "0".repeat(64),
        "X-Linked-Size",
        "900000000000000000");
    String message = refusal();
    assertTrue(message.contains("expected 900,000,000,000,000,000"), message);
    assertTrue(message.contains("HF_HUB_CACHE"), message);
    assertEquals(List.of(), ranges());
  }

  @Test
  void aFileThatAnotherProcessFetchesIsWaitedForUntilItIsStopped() throws IOException {
    Path lock =
        hub.cache.resolve(
            ".locks/models--org--tiny/" + HubServer.gitBlob(new byte[] {'{', '}'}) + ".lock");
    Files.createDirectories(lock.getParent());
    try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = channel.lock()) {
      assertTrue(held.isValid());
      hub.stop = () -> hub.sleeps.size() >= 3;
      assertThrows(CancellationException.class, () -> hub.directory("org/tiny"));
    }
    hub.stop = () -> false;
    assertWeightsCome();
  }
}
