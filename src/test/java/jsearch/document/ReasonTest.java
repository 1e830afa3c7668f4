package jsearch.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {
  @TempDir Path temp;

  private static String reason(Executable fails) {
    return Reason.of(assertThrows(IOException.class, fails));
  }

  @Test
  void whatTheSystemThrowsIsSaidInWords() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    Path bytes = Files.write(temp.resolve("bytes"), new byte[] {(byte) 0xff});
    Path missing = temp.resolve("missing");
    Path loop = Files.createSymbolicLink(temp.resolve("loop"), Path.of("loop"));
    assertEquals("no such file or directory", reason(() -> Files.readString(missing)));
    assertEquals(
        "no such file or directory", reason(() -> new FileInputStream(missing.toFile()).close()));
    assertEquals("is a directory", reason(() -> Files.readString(temp)));
    assertEquals("is a directory", reason(() -> new FileInputStream(temp.toFile()).close()));
    assertEquals("not a directory", reason(() -> Files.readString(file.resolve("x"))));
    assertEquals("not a directory", reason(() -> Files.list(file).close()));
    assertEquals("not UTF-8 text", reason(() -> Files.readString(bytes)));
    assertEquals("there is one of this name already", reason(() -> Files.createDirectory(file)));
    assertEquals("the directory is not empty", reason(() -> Files.delete(temp)));
    assertEquals(
        "file name too long", reason(() -> Files.readString(temp.resolve("x".repeat(999)))));
    assertEquals(
        "too many levels of symbolic links or unable to access attributes of symbolic link",
        reason(() -> Files.readString(loop)));
  }

  @ParameterizedTest
  @CsvSource({
    "No space left on device, no space left on device",
    "Too many open files, too many open files",
    "Read-only file system, read-only file system",
    "Disk quota exceeded, disk quota exceeded",
    "Input/output error, input/output error",
    "RAM is full, RAM is full",
    "java.lang.IllegalStateException: Shutdown., shutdown",
    "org.acme.Thing$Part, 'it cannot be used, and the system does not say why'",
  })
  void whatTheSystemSaysBecomesTheEndOfASentence(String said, String words) {
    assertEquals(words, Reason.of(new FileSystemException("file", null, said)));
    assertEquals(words, Reason.of(new IOException(said)));
  }

  @Test
  void exceptionsWithoutAMessageHaveWordsToo() {
    assertEquals("permission denied", Reason.of(new AccessDeniedException("file")));
    assertEquals("it ends too early", Reason.of(new EOFException()));
    assertEquals(
        "it cannot be used, and the system does not say why",
        Reason.of(new ClosedChannelException()));
  }

  @Test
  void aLibrarysLimitIsSaidWithoutTheMethodItComesFrom() {
    String deep = "[".repeat(5000);
    String message =
        assertThrows(InputException.class, () -> Document.json("deep.json", deep)).getMessage();
    assertTrue(message.contains("nesting depth (1001) exceeds the maximum"), message);
    assertFalse(message.contains("StreamReadConstraints"), message);
  }

  @Test
  void anotherFileThanTheOneAskedForIsNamed() {
    IOException inner = new AccessDeniedException("models/x/secret");
    assertEquals(
        "models cannot be read: permission denied (models/x/secret).",
        InputException.unreadable(Path.of("models"), inner).getMessage());
    assertEquals(
        "models/x/secret cannot be written: permission denied.",
        InputException.unwritable(Path.of("models/x/secret"), inner).getMessage());
  }
}
