package jsearch.document;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a file could not be used, in words: what Java throws has the name of a class for them. */
public final class Reason {
  /** Exceptions that say by their class alone what is wrong. */
  private static final Map<Class<?>, String> KINDS =
      Map.of(
          NoSuchFileException.class, "no such file or directory",
          AccessDeniedException.class, "permission denied",
          NotDirectoryException.class, "not a directory",
          DirectoryNotEmptyException.class, "the directory is not empty",
          FileAlreadyExistsException.class, "there is one of this name already",
          FileSystemLoopException.class, "a link leads back to itself",
          EOFException.class, "it ends too early");

  /** Names of classes, and of the methods that jackson's limits come from. */
  private static final Pattern CLASS =
      Pattern.compile("\\b(?:[a-z]\\w*\\.)+[A-Z][\\w$]*:?\\s*|, from `[^`]*`");

  private static final Pattern IN_BRACKETS = Pattern.compile(".*\\(([^()]+)\\)", Pattern.DOTALL);

  private Reason() {}

  /** A few words without a full stop, such as "permission denied". */
  public static String of(IOException e) {
    String kind = KINDS.get(e.getClass());
    if (kind != null) {
      return kind;
    }
    if (e instanceof CharacterCodingException) {
      return "not UTF-8 text";
    }
    if (e instanceof FileNotFoundException) { // "NAME (what the system says)"
      Matcher said = IN_BRACKETS.matcher(String.valueOf(e.getMessage()));
      return said.matches() ? sentence(said.group(1)) : "no such file or directory";
    }
    String message = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return sentence(message);
  }

  /** The file that makes the trouble, where that is another than the one that was asked for. */
  static Optional<String> otherFile(Object asked, IOException e) {
    return e instanceof FileSystemException trouble
        ? Optional.ofNullable(trouble.getFile()).filter(file -> !file.equals(asked.toString()))
        : Optional.empty();
  }

  /**
   * What a library says, without the names of its classes.
   *
   * @param message may be null
   */
  static String withoutClasses(String message) {
    String words = message == null ? "" : CLASS.matcher(message).replaceAll("").strip();
    return words.isEmpty() ? "it cannot be used, and the system does not say why" : words;
  }

  /**
   * What a library says, without the names of its classes, as the end of a sentence.
   *
   * @param message may be null
   */
  public static String sentence(String message) {
    String words = withoutClasses(message);
    String end = words.replaceFirst("[.\\s]+$", "");
    // Only a word that is written as in a sentence: "No space", not "RAM" nor "I/O".
    boolean plain = end.length() > 1 && Character.isLowerCase(end.charAt(1));
    boolean two = List.of("A ", "I ").stream().anyMatch(end::startsWith);
    return plain || two ? Character.toLowerCase(end.charAt(0)) + end.substring(1) : end;
  }
}
