package jsearch;

import java.net.URISyntaxException;
import java.nio.file.Path;
import jsearch.document.Document;

/** Finds golden files, which lie in the folder of their test's package. */
public final class Golden {
  private Golden() {}

  /** The file of this name. */
  public static Path path(Class<?> test, String name) {
    try {
      return Path.of(test.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The JSON file of this name, read. */
  public static Document read(Class<?> test, String name) {
    return Document.json(path(test, name));
  }
}
