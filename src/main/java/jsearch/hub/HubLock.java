package jsearch.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps two processes from fetching the same file.
 *
 * <p>It saves work, no more: the checksum guards against what two writers would make of a file.
 * huggingface_hub locks the same file, but on Linux in a way (flock) that Java does not see.
 */
final class HubLock {
  private HubLock() {}

  /** Works while holding this lock file, which stays afterwards, for whoever waits for it. */
  static void holding(Path file, Patience patience, Runnable work) {
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        while (!isHeld(channel)) {
          patience.pause();
        }
        work.run();
      }
    } catch (IOException e) {
      throw HubCache.unwritable(file, e);
    }
  }

  /** The lock is let go with its channel. */
  private static boolean isHeld(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process has it
    } catch (IOException e) {
      return true; // a file system without locks: go on without
    }
  }
}
