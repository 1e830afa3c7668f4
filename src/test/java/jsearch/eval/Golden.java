package jsearch.eval;

import java.net.URISyntaxException;
import java.nio.file.Path;
import jsearch.document.Document;

/** Finds golden files beside the tests. */
final class Golden {
  private Golden() {}

  static Path path(String name) {
    try {
      return Path.of(Golden.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Document read(String name) {
    return Document.json(path(name));
  }
}
