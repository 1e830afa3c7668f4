package jsearch.study;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a study for one writer at a time, for as long as it runs.
 *
 * <p>The operating system drops the lock with the process, however it ends; the file stays and
 * means nothing by itself. It is not the journal that is locked, since closing any other channel to
 * a locked file of the same process would drop the lock.
 */
final class StudyLock {
  static final String NAME = "study.lock";

  /** Far past the text, which others must be able to read where locks are mandatory. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final Pattern PROCESS =
      Pattern.compile("process (\\d{1,18})(?:\n(.*))?", Pattern.DOTALL);

  /** How far the start of a process, in ticks since the machine's, may be off a file's time. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(1);

  /** Locks of this process, between whose threads the operating system does not tell. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private StudyLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of the study in this directory, which exists.
   *
   * @throws StudyException naming the process that has it
   */
  static StudyLock acquire(Path directory) throws IOException {
    Path file = directory.toRealPath().resolve(NAME);
    if (!HELD.add(file)) {
      throw inUse(directory, "this process");
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        throw inUse(directory, writtenBy(file));
      }
      locked = true;
      String text = "process " + ProcessHandle.current().pid();
      channel.truncate(0).write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      return new StudyLock(file, channel);
    } finally {
      if (!locked) {
        HELD.remove(file);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /** Adds what the process says of its turn. */
  void announce(Turn turn) throws IOException {
    channel.write(ByteBuffer.wrap(("\n" + turn.line()).getBytes(StandardCharsets.UTF_8)));
  }

  /** What the process that wrote the lock of the study in this directory says of its turn. */
  static Optional<Turn> turn(Path directory) throws IOException {
    Matcher text = PROCESS.matcher(text(directory.resolve(NAME)));
    return text.matches()
        ? Optional.ofNullable(text.group(2)).flatMap(Turn::read)
        : Optional.empty();
  }

  private static String text(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }

  void release() throws IOException {
    try {
      // While the lock still holds, so that nobody else's name is wiped out.
      channel.truncate(0);
    } finally {
      channel.close();
      HELD.remove(file);
    }
  }

  /**
   * The process that has the study in this directory open, told without touching the lock.
   *
   * <p>A process that is younger than the file only has the number of the one that wrote it.
   *
   * @return empty when nobody has, or nobody of this machine
   */
  static OptionalLong holder(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    Matcher text = PROCESS.matcher(text(file));
    if (!text.matches()) {
      return OptionalLong.empty();
    }
    long pid = Long.parseLong(text.group(1));
    Instant written = Files.getLastModifiedTime(file).toInstant();
    boolean alive =
        ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .flatMap(process -> process.info().startInstant().or(() -> Optional.of(written)))
            .filter(begun -> begun.isBefore(written.plus(CLOCKS_DIFFER)))
            .isPresent();
    return alive ? OptionalLong.of(pid) : OptionalLong.empty();
  }

  private static String writtenBy(Path file) throws IOException {
    return text(file).lines().findFirst().filter(line -> !line.isBlank()).orElse("another process");
  }

  private static StudyException inUse(Path directory, String holder) {
    return new StudyException(
        """
        %s is in use by %s.
        Maybe wait until it ends, or stop it; nothing needs to be deleted."""
            .formatted(directory, holder));
  }
}
