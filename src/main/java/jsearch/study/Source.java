package jsearch.study;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import jsearch.document.InputException;

/**
 * Something a study was made from: where it is, and what was there.
 *
 * @param path the path or name, as the user gave it
 * @param fingerprint changes when the content changes, such as {@code sha256:...}
 */
public record Source(String path, String fingerprint) {
  public Source {
    if (path.isBlank() || fingerprint.isBlank()) {
      throw new IllegalArgumentException("a source needs a path and a fingerprint");
    }
  }

  /**
   * A file with the SHA-256 of its bytes.
   *
   * @throws InputException when the file cannot be read
   */
  public static Source ofFile(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return of(file.toString(), in);
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  /** A named stream, such as a bundled resource, with the SHA-256 of its bytes; reads it whole. */
  public static Source of(String path, InputStream content) throws IOException {
    MessageDigest digest = sha256();
    try (DigestInputStream in = new DigestInputStream(content, digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return new Source(path, "sha256:" + HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
