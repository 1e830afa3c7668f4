package jsearch.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions that this build was made with. */
public final class Version {
  private static final Properties VERSIONS = load();

  private Version() {}

  private static Properties load() {
    Properties versions = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/jsearch/version.properties")) {
      versions.load(in);
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The version of jsearch. */
  public static String jsearch() {
    return VERSIONS.getProperty("jsearch");
  }

  /** The version of DJL. */
  public static String djl() {
    return VERSIONS.getProperty("djl");
  }
}
