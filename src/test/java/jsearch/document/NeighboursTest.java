package jsearch.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighboursTest {
  @TempDir Path temp;

  @BeforeEach
  void write() throws IOException {
    for (String directory : List.of("models/llama-tiny", "models/qwen-tiny", "results/demo-1")) {
      Files.createDirectories(temp.resolve(directory));
    }
    Files.writeString(temp.resolve("models/.llama-tint"), "");
    Files.writeString(temp.resolve("results/notes.txt"), "");
  }

  @Test
  void aNearNameBesideIsSuggested() {
    assertEquals(
        "\nMaybe you mean %s.".formatted(temp.resolve("models/llama-tiny")),
        Neighbours.hint(temp.resolve("models/lama-tiny")));
    assertEquals("", Neighbours.hint(temp.resolve("models/gpt-neo")));
  }

  @Test
  void aSlipInADirectoryOnTheWayIsSeenWhereTheRestIsThere() {
    assertEquals(
        "\nMaybe you mean %s.".formatted(temp.resolve("models/llama-tiny")),
        Neighbours.hint(temp.resolve("modles/llama-tiny")));
    assertEquals("", Neighbours.hint(temp.resolve("modles/other")));
  }

  @Test
  void onlyWhatWouldDoIsSuggested() {
    Path missing = temp.resolve("results/notes.tx");
    assertEquals(
        "\nMaybe you mean %s.".formatted(temp.resolve("results/notes.txt")),
        Neighbours.hint(missing));
    assertEquals("", Neighbours.hint(missing, Files::isDirectory));
  }

  @Test
  void aPathThatIsThereOrHasNoPlaceGivesNoHint() {
    assertEquals("", Neighbours.hint(temp));
    assertEquals("", Neighbours.hint(Path.of("/")));
    assertEquals("", Neighbours.hint(Path.of("")));
    assertEquals("", Neighbours.hint(temp.resolve("results/notes.txt/x")));
  }

  @Test
  void aLongListIsCut() {
    List<String> names = IntStream.range(0, 43).mapToObj(i -> "s" + i).toList();
    assertEquals(
        String.join(", ", names.subList(0, 20)) + " and 23 more", Neighbours.listed(names));
    assertEquals("a, b", Neighbours.listed(List.of("a", "b")));
  }
}
