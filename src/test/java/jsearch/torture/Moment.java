package jsearch.torture;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * When to kill a process: so many changes of its study's directory after the start, and then later.
 *
 * @param changes seen to the files' names and sizes, such as a line more in the journal
 * @param delay after the last of them
 */
record Moment(int changes, Duration delay) {
  private static final long LOOK_EVERY_MICROS = 200;

  /**
   * The next moment: one of four while the process starts, one of four amid writing, else any that
   * leaves their share to the kills to come.
   *
   * @param start how long a process needs until its first trial
   * @param left how long it needs until its end
   * @param planned how many kills of this search are to come, this one included
   */
  static Moment draw(Random random, Duration start, Duration left, int planned) {
    return switch (random.nextInt(4)) {
      case 0 -> new Moment(0, part(random, start));
      case 1 -> new Moment(1 + random.nextInt(12), part(random, Duration.ofMillis(3)));
      default -> new Moment(0, part(random, left.multipliedBy(2).dividedBy(planned + 1)));
    };
  }

  private static Duration part(Random random, Duration whole) {
    return Duration.ofNanos((long) (random.nextDouble() * whole.toNanos()));
  }

  /** Kills the process at the moment, unless it ends before; returns when it has ended. */
  void strike(Process process, Path study) throws IOException, InterruptedException {
    long before = state(study);
    for (int seen = 0; seen < changes && process.isAlive(); ) {
      TimeUnit.MICROSECONDS.sleep(LOOK_EVERY_MICROS);
      long now = state(study);
      seen += now == before ? 0 : 1;
      before = now;
    }
    if (!process.waitFor(delay.toNanos(), TimeUnit.NANOSECONDS)) {
      process.destroyForcibly();
    }
    process.waitFor();
  }

  private static long state(Path directory) throws IOException {
    long state = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        state += file.hashCode() + 31 * file.toFile().length();
      }
    } catch (NoSuchFileException e) {
      return -1;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return state;
  }
}
