package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyFolderTest {
  @TempDir Path directory;

  @Test
  void troubleBeforeTheSpecIsWholeIsAnsweredByBeginningAgain() {
    assertEquals(
        "Maybe the disk is full or not writable, or the directory was removed; then begin the study"
            + " again.",
        advice());
  }

  @Test
  void laterTroubleIsAnsweredByGoingOn() throws IOException {
    SpecFile.write(directory, Examples.SPEC);
    assertEquals(
        "Maybe the disk is full or not writable, or the directory was removed; then go on with:"
            + " jsearch resume "
            + directory,
        advice());
  }

  private String advice() {
    String message = new StudyFolder(directory).trouble(new IOException("refused")).getMessage();
    return message.lines().toList().get(1);
  }
}
