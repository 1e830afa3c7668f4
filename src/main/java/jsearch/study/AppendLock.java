package jsearch.study;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The lock that Optuna's writers hold while they append: a file that only one can create.
 *
 * <p>A dashboard may add a note while a search runs. As in Optuna, a lock file that has not changed
 * for the grace period was left by a dead process and is removed. One that jsearch made is removed
 * at once: whoever waits here holds the {@link StudyLock}, so its maker is dead.
 */
final class AppendLock {
  /** Optuna's grace period. */
  static final Duration GRACE = Duration.ofSeconds(30);

  /** What jsearch writes into its lock file; Optuna's is empty or a symbolic link. */
  private static final String MARK = "jsearch";

  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Path file;

  private AppendLock(Path file) {
    this.file = file;
  }

  /** Waits for the lock of this journal. */
  static AppendLock acquire(Path journal, Duration grace) throws IOException {
    Path file = journal.resolveSibling(journal.getFileName() + ".lock");
    Optional<Object> seen = Optional.empty();
    Duration waited = Duration.ZERO;
    while (!create(file)) {
      Optional<Object> now = identity(file);
      waited = now.equals(seen) ? waited.plus(PAUSE) : Duration.ZERO;
      seen = now;
      if (waited.compareTo(grace) >= 0 || isOurs(file)) {
        remove(file);
      }
      pause(file);
    }
    return new AppendLock(file);
  }

  void release() throws IOException {
    Files.deleteIfExists(file);
  }

  private static boolean create(Path file) throws IOException {
    try {
      Files.writeString(file, MARK, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      // A full disk may have room for the name only; an unmarked lock would be another program's.
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static boolean isOurs(Path file) throws IOException {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.readString(file).equals(MARK);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** When the lock was made; Optuna's may be a symbolic link to nowhere. */
  private static Optional<Object> identity(Path file) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Renames first, so that of several who wait only one removes this very file. */
  private static void remove(Path file) throws IOException {
    Path aside =
        file.resolveSibling(
            "%s%d.rename".formatted(file.getFileName(), ProcessHandle.current().pid()));
    try {
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(aside);
    } catch (NoSuchFileException e) {
      // Another was faster.
    }
  }

  private static void pause(Path file) {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StudyException("Interrupted while waiting for %s.".formatted(file), e);
    }
  }
}
