package jsearch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.InputException;
import jsearch.hub.HubServer;
import jsearch.hub.HubSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  @TempDir Path temp;
  private final StringWriter err = new StringWriter();

  private Models models(URI endpoint, boolean offline) {
    HubSettings settings =
        new HubSettings(temp.resolve("cache"), endpoint, Optional.empty(), offline);
    return new Models(() -> settings, new PrintWriter(err, true));
  }

  /** Fails where the Hub's settings are asked for. */
  private Models withoutHub() {
    return new Models(
        () -> {
          throw new AssertionError("no name of the Hub");
        },
        new PrintWriter(err, true));
  }

  @Test
  void aDirectoryIsTakenAsItIs() {
    Path directory = new TinyCheckpoint().write(temp.resolve("tiny"));
    assertEquals(directory, withoutHub().directory(directory.toString()));
    // One word, which could be a name on the Hub.
    assertEquals(Path.of("src"), withoutHub().directory("src"));
    assertEquals("src", Models.shortName("src"));
    assertEquals("tiny", Models.shortName(directory + "/."));
  }

  @Test
  void whatIsNeitherADirectoryNorANameOnTheHubIsSaidNotToExist() {
    String missing = temp.resolve("missing").toString();
    InputException e = assertThrows(InputException.class, () -> withoutHub().open(missing));
    assertTrue(e.getMessage().startsWith(missing + " does not exist"), e.getMessage());
  }

  @Test
  void whatNoDirectoryCanBeNamedIsRefused() {
    InputException e = assertThrows(InputException.class, () -> withoutHub().open("a\0b"));
    assertTrue(e.getMessage().contains("is no name that a directory can have"), e.getMessage());
  }

  @Test
  void aNameOnTheHubIsFetchedOnceAndOpened() {
    Path served = new TinyCheckpoint().write(temp.resolve("served"));
    try (HubServer server = HubServer.of(served)) {
      Checkpoint fetched = models(server.endpoint(), false).open("org/tiny@main");
      assertEquals(Checkpoint.open(served).fingerprint(), fetched.fingerprint());
      assertEquals("Fetching org/tiny@main from the Hub ...\n", err.toString());
      models(server.endpoint(), false).open("org/tiny");
      assertEquals("Fetching org/tiny@main from the Hub ...\n", err.toString());
      assertEquals("tiny", Models.shortName("org/tiny@main"));
    }
  }

  @Test
  void aMistypedDirectoryIsSaidToHaveBeenLookedForOnTheHub() {
    Models models = models(URI.create("http://127.0.0.1:9"), true);
    InputException e = assertThrows(InputException.class, () -> models.open("results/typo"));
    assertTrue(
        e.getMessage()
            .endsWith(
                "results/typo is taken for a name on the Hub, as there is no such directory."),
        e.getMessage());
  }
}
