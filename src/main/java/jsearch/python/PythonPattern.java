package jsearch.python;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import jsearch.document.Document;

/**
 * A regular expression in Python's dialect, run by Java's.
 *
 * <p>What differs between the two is set or rewritten: classes such as {@code \d} follow Unicode,
 * only {@code \n} ends a line, {@code (?P<name>} and {@code \Z} get Java's spelling, and a bracket
 * or {@code &&} inside a set is literal. Word characters are letters, numbers and the underscore,
 * to Java combining marks too; spaces are Java's and the ASCII separators.
 */
public record PythonPattern(Pattern pattern) {
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:([1-9]\\d?)|g<(\\w+)>|.?)", Pattern.DOTALL);
  private static final String WORD = "\\p{L}\\p{N}_";
  private static final String SPACE = "\\s\\x1c-\\x1f";
  private static final String EDGE =
      "(?:(?<=[%1$s])(?![%1$s])|(?<![%1$s])(?=[%1$s]))".formatted(WORD);
  private static final String NO_EDGE =
      "(?:(?<=[%1$s])(?=[%1$s])|(?<![%1$s])(?![%1$s]))".formatted(WORD);

  /** The pattern in this string value; a bad one is told to the user with its place. */
  public static PythonPattern of(Document value) {
    try {
      return of(value.text());
    } catch (PatternSyntaxException e) {
      throw value.expected("a regular expression (%s)".formatted(e.getDescription()));
    }
  }

  /**
   * The pattern of this text.
   *
   * @throws PatternSyntaxException when it is no regular expression
   */
  public static PythonPattern of(String regex) {
    return new PythonPattern(
        Pattern.compile(translated(regex), Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES));
  }

  /** {@code re.findall}: each match's groups, or the whole match where there are no groups. */
  public List<List<String>> findAll(String text) {
    List<List<String>> found = new ArrayList<>();
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      List<String> groups = new ArrayList<>();
      for (int i = Math.min(1, matcher.groupCount()); i <= matcher.groupCount(); i++) {
        groups.add(matcher.group(i) == null ? "" : matcher.group(i));
      }
      found.add(groups);
    }
    return found;
  }

  /** {@code re.sub(regex, "", text)}. */
  public String remove(String text) {
    return pattern.matcher(text).replaceAll("");
  }

  /** Whether {@code re.search} finds something. */
  public boolean occursIn(String text) {
    return pattern.matcher(text).find();
  }

  /** {@code len(re.findall(regex, text))}. */
  public int count(String text) {
    return (int) pattern.matcher(text).results().count();
  }

  /** {@code re.split}, for patterns without groups that never match nothing. */
  public List<String> split(String text) {
    return List.of(pattern.split(text, -1));
  }

  /**
   * {@code re.sub(regex, replacement, text, count)}.
   *
   * @param replacement with groups as {@code \\1}, {@code \\g<1>} or {@code \\g<name>}
   * @param count the most matches to replace, 0 for all
   * @throws IllegalArgumentException when the replacement names a group or escape that there is not
   */
  public String replace(String text, String replacement, int count) {
    StringBuilder out = new StringBuilder();
    Matcher matcher = pattern.matcher(text);
    for (int done = 0; (count == 0 || done < count) && matcher.find(); done++) {
      matcher.appendReplacement(out, Matcher.quoteReplacement(expanded(replacement, matcher)));
    }
    return matcher.appendTail(out).toString();
  }

  private static String expanded(String replacement, Matcher match) {
    StringBuilder out = new StringBuilder();
    Matcher escape = ESCAPE.matcher(replacement);
    while (escape.find()) {
      String group = escape.group(1) == null ? escape.group(2) : escape.group(1);
      String meant = group == null ? plain(escape.group()) : group(match, group);
      escape.appendReplacement(out, Matcher.quoteReplacement(meant));
    }
    return escape.appendTail(out).toString();
  }

  private static String plain(String escape) {
    return switch (escape) {
      case "\\\\" -> "\\";
      case "\\n" -> "\n";
      case "\\t" -> "\t";
      default -> throw new IllegalArgumentException("the escape %s is not known".formatted(escape));
    };
  }

  private static String group(Matcher match, String name) {
    try {
      String found =
          PythonText.isDigits(name) ? match.group(Integer.parseInt(name)) : match.group(name);
      return found == null ? "" : found;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the pattern has no group %s".formatted(name));
    }
  }

  private static String translated(String regex) {
    StringBuilder out = new StringBuilder();
    boolean inSet = false;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '\\' && i + 1 < regex.length()) {
        char escaped = regex.charAt(++i);
        out.append(inSet ? inSet(escaped) : outsideSet(escaped));
      } else if (inSet) {
        out.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
        inSet = c != ']';
      } else if (c == '[') {
        String opening = setOpening(regex, i);
        out.append(opening);
        // A bracket that closes right after the opening is literal in Python.
        i += opening.replace("\\", "").length() - 1;
        inSet = true;
      } else if (regex.startsWith("(?P<", i)) {
        out.append("(?<");
        i += 3;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String outsideSet(char escaped) {
    return switch (escaped) {
      case 'Z' -> "\\z";
      case 'w' -> "[" + WORD + "]";
      case 'W' -> "[^" + WORD + "]";
      case 's' -> "[" + SPACE + "]";
      case 'S' -> "[^" + SPACE + "]";
      case 'b' -> EDGE;
      case 'B' -> NO_EDGE;
      default -> "\\" + escaped;
    };
  }

  private static String inSet(char escaped) {
    return switch (escaped) {
      case 'w' -> WORD;
      case 's' -> SPACE;
      case 'b' -> "\\x08";
      default -> "\\" + escaped;
    };
  }

  private static String setOpening(String regex, int at) {
    String opening = regex.startsWith("^", at + 1) ? "[^" : "[";
    return regex.startsWith("]", at + opening.length()) ? opening + "\\]" : opening;
  }
}
