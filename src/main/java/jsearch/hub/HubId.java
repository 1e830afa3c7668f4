package jsearch.hub;

import java.util.regex.Pattern;
import jsearch.document.InputException;

/**
 * A repository of the Hugging Face Hub at a revision, such as {@code org/name@main}.
 *
 * <p>Names follow the Hub's own rules: {@code org/name}, or {@code name} alone for the oldest ones.
 *
 * @param name {@code org/name} or {@code name}
 * @param revision branch, tag or commit
 */
public record HubId(String name, String revision) {
  private static final String PART = "\\w([\\w.-]{0,94}\\w)?";
  private static final Pattern NAME = Pattern.compile("(" + PART + "/)?" + PART);

  /** Between slashes, what both git allows in a ref and every file system in a name. */
  private static final String STEP =
      "[^/\\\\\\s\\p{Cntrl}.~^:?*\\[<>|\"][^/\\\\\\s\\p{Cntrl}~^:?*\\[<>|\"]*";

  private static final Pattern REVISION = Pattern.compile(STEP + "(/" + STEP + ")*");
  private static final int LONGEST_REVISION = 200;

  static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  public HubId {
    if (!isName(name)) {
      throw new InputException(
          "%s is not the name of a repository on the Hub, expected org/name.".formatted(name));
    }
    if (!isRevision(revision)) {
      throw new InputException(
          "\"%s\" is not a revision of %s, expected a branch, a tag or a commit."
              .formatted(revision, name));
    }
  }

  /** Whether a text has the form {@code org/name[@revision]}. */
  public static boolean matches(String text) {
    return isName(text.split("@", 2)[0]);
  }

  /**
   * Reads {@code org/name[@revision]}; the revision is {@code main} unless given.
   *
   * @throws InputException when the text has another form
   */
  public static HubId parse(String text) {
    String[] parts = text.split("@", 2);
    return new HubId(parts[0], parts.length == 1 ? "main" : parts[1]);
  }

  /** The name without its organisation. */
  public String shortName() {
    return name.substring(name.indexOf('/') + 1);
  }

  /** Whether the revision is a whole commit hash, which never comes to mean something else. */
  boolean isCommit() {
    return COMMIT.matcher(revision).matches();
  }

  private static boolean isName(String name) {
    return NAME.matcher(name).matches()
        && !name.contains("--")
        && !name.contains("..")
        && !name.endsWith(".git");
  }

  private static boolean isRevision(String revision) {
    return REVISION.matcher(revision).matches()
        && !revision.contains("..")
        && revision.length() <= LONGEST_REVISION;
  }

  @Override
  public String toString() {
    return name + "@" + revision;
  }
}
