package jsearch.hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A file of a repository as the Hub describes it.
 *
 * @param name a plain name, in the repository's root
 * @param etag the SHA-256 of a file in large file storage, the git blob's SHA-1 of any other
 * @param size bytes
 */
record HubFile(String name, String etag, long size) {
  private static final Pattern ETAG = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  HubFile {
    if (!isEtag(etag) || size < 0) {
      throw new IllegalArgumentException("etag %s, size %d".formatted(etag, size));
    }
  }

  static boolean isEtag(String text) {
    return ETAG.matcher(text).matches();
  }

  /** A digest that the file's bytes are still to enter. */
  MessageDigest digest() {
    try {
      if (etag.length() == 64) {
        return MessageDigest.getInstance("SHA-256");
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update("blob %d\0".formatted(size).getBytes(StandardCharsets.US_ASCII));
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1 and SHA-256", e);
    }
  }

  /** Whether a digest that the file's bytes entered is the right one; resets it. */
  boolean verifies(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).equals(etag);
  }
}
