package jsearch.cli;

import jsearch.run.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "jsearch %s (djl %s, java %s)"
          .formatted(Version.jsearch(), Version.djl(), Runtime.version().feature())
    };
  }
}
