package jsearch.study;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
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
   * @param path names it in the study
   * @throws InputException when the file cannot be read
   */
  public static Source ofFile(String path, Path file) {
    return new Source(path, "sha256:" + sha256(file));
  }

  /**
   * Several files under one name, with the SHA-256 of their SHA-256s.
   *
   * @throws InputException when a file cannot be read
   */
  public static Source ofFiles(String path, List<Path> files) {
    MessageDigest all = sha256();
    files.forEach(file -> all.update(sha256(file).getBytes(StandardCharsets.US_ASCII)));
    return new Source(path, "sha256:" + HexFormat.of().formatHex(all.digest()));
  }

  private static String sha256(Path file) {
    MessageDigest digest = sha256();
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw InputException.unreadable(file, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
