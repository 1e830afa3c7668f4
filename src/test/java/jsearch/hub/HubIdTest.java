package jsearch.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubIdTest {
  @ParameterizedTest
  @CsvSource({
    "org/name, org/name, main",
    "gpt2, gpt2, main",
    "Org-1/Foo-BAR_foo.bar123@v1.0, Org-1/Foo-BAR_foo.bar123, v1.0",
    "org/name@refs/pr/1, org/name, refs/pr/1",
    "org/name@gptq-4bit@x, org/name, gptq-4bit@x"
  })
  void anIdIsANameAndARevision(String text, String name, String revision) {
    assertTrue(HubId.matches(text));
    assertEquals(new HubId(name, revision), HubId.parse(text));
  }

  /** The rules and most examples: huggingface_hub 2.4.0, utils/_validators.py. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "datasets/foo/bar",
        ".repo_id",
        "foo--bar",
        "foo.git",
        "foo..bar",
        "-foo",
        "foo-",
        "foo.",
        "",
        "a b",
        "/abs/dir",
        "./here",
        "../up",
        "org/",
        "café",
        "org\\name",
        "C:name",
        "~/x"
      })
  void whatTheHubTakesForNoNameIsNoId(String text) {
    assertFalse(HubId.matches(text));
    assertThrows(InputException.class, () -> HubId.parse(text));
  }

  @Test
  void aPartOfANameHasAtMost96Characters() {
    assertTrue(HubId.matches("o".repeat(96) + "/" + "n".repeat(96)));
    assertFalse(HubId.matches("org/" + "n".repeat(97)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "..", "../main", "a/../b", "/main", "main/", "a//b", ".hidden", "a/.b", "a\\b", "a b",
        "a:b", "a\nb", "a*"
      })
  void aRevisionThatCouldLeaveItsDirectoryIsRefused(String revision) {
    InputException e =
        assertThrows(InputException.class, () -> HubId.parse("org/name@" + revision));
    assertTrue(e.getMessage().contains("is not a revision of org/name"), e.getMessage());
  }

  @Test
  void aLongRevisionIsRefusedAtOnce() {
    String revision = "a".repeat(100_000) + "*";
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThrows(InputException.class, () -> new HubId("org/name", revision)));
  }
}
