package jsearch.run;

import java.nio.file.Path;

/**
 * How a study names files: relative to jsearch's home where they belong to it, else absolute.
 *
 * <p>So a study of the bundled pair can be resumed from a clone that lies elsewhere.
 */
public final class Places {
  private final Path home;

  public Places(Path home) {
    this.home = home.toAbsolutePath().normalize();
  }

  /** The name of a file in a study. */
  String name(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path named = absolute.startsWith(home) ? home.relativize(absolute) : absolute;
    return named.toString().replace('\\', '/');
  }

  /** The file of this name. */
  public Path file(String name) {
    return home.resolve(name);
  }
}
