package jsearch.study;

import java.io.IOException;
import java.util.List;

/** What a study does when the disk is full: it asks whether to try again. */
@FunctionalInterface
public interface FullDisk {
  /** Tries nothing again, as when a study begins and somebody sits before it. */
  FullDisk GIVES_UP = refused -> false;

  /**
   * Waits for room, a while or as long as it likes; nothing of what was refused is on disk.
   *
   * @param refused what the disk said
   * @return whether to try once more
   */
  boolean awaitsRoom(IOException refused);

  /** Work on the disk that leaves nothing half done when it is refused. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Does the work, again and again while the disk is full and it is worth waiting. */
  default <T> T retry(Work<T> work) throws IOException {
    while (true) {
      try {
        return work.run();
      } catch (IOException e) {
        if (!isFull(e) || !awaitsRoom(e)) {
          throw e;
        }
      }
    }
  }

  /** Whether the disk said that there is no room, in the words of Linux, macOS or Windows. */
  private static boolean isFull(IOException refused) {
    String message = String.valueOf(refused.getMessage());
    return List.of("No space left on device", "quota exceeded", "not enough space").stream()
        .anyMatch(message::contains);
  }
}
