package jsearch.cli;

import java.util.Comparator;
import java.util.Locale;
import jsearch.run.Version;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** One manual page of all commands in roff's man macros, from what their help is made of. */
final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /** The page of this command and those under it. */
  static String of(CommandLine root) {
    ManPage page = new ManPage();
    page.write(root);
    return page.page.toString();
  }

  private void write(CommandLine root) {
    CommandSpec spec = root.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    macro(".TH", spec.name().toUpperCase(Locale.ROOT), "1", "", "jsearch " + Version.jsearch());
    macro(".SH", "NAME");
    text("%s \\- %s".formatted(spec.name(), escaped(usage.header()[0])));
    macro(".SH", "SYNOPSIS");
    synopsis(spec);
    macro(".br");
    text("\\fB%s\\fR \\fICOMMAND\\fR ...".formatted(escaped(spec.name())));
    macro(".SH", "DESCRIPTION");
    description(usage.description());
    macro(".SH", "OPTIONS");
    arguments(spec);
    macro(".SH", "COMMANDS");
    root.getSubcommands().values().forEach(this::command);
    macro(".SH", "EXIT STATUS");
    usage.exitCodeList().forEach(this::item);
  }

  private void command(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    macro(".SS", spec.qualifiedName());
    synopsis(spec);
    macro(".PP");
    description(spec.usageMessage().description());
    arguments(spec);
  }

  /** In bold the command, then its options as one and its arguments. */
  private void synopsis(CommandSpec spec) {
    StringBuilder words = new StringBuilder();
    spec.positionalParameters()
        .forEach(argument -> words.append(" \\fI%s\\fR".formatted(escaped(argument.paramLabel()))));
    text("\\fB%s\\fR [\\fIOPTION\\fR]...%s".formatted(escaped(spec.qualifiedName()), words));
  }

  /** Paragraphs; indented lines are words for a shell and stay as they are. */
  private void description(String[] lines) {
    for (String line : lines) {
      if (line.isBlank()) {
        macro(".PP");
      } else if (line.startsWith(" ") || line.contains("  ")) {
        macro(".nf");
        text(escaped(line));
        macro(".fi");
      } else {
        text(escaped(line));
      }
    }
  }

  private void arguments(CommandSpec spec) {
    spec.positionalParameters()
        .forEach(
            argument -> item("\\fI%s\\fR".formatted(escaped(argument.paramLabel())), argument));
    spec.options().stream()
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .forEach(option -> item(names(option), option));
  }

  private static String names(OptionSpec option) {
    String names = "\\fB%s\\fR".formatted(escaped(String.join(", ", option.names())));
    return option.arity().max() == 0
        ? names
        : "%s=\\fI%s\\fR".formatted(names, escaped(option.paramLabel()));
  }

  private void item(String name, ArgSpec argument) {
    // As in the help, where the defaults stand in the place of variables.
    String description = String.join(" ", argument.description());
    macro(".TP");
    text(name);
    text(escaped(description));
  }

  private void item(String name, String description) {
    macro(".TP");
    text("\\fB%s\\fR".formatted(escaped(name)));
    text(escaped(description));
  }

  private void macro(String name, String... arguments) {
    page.append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
  }

  /** A line of text; a point or quote at its start would be a macro. */
  private void text(String line) {
    page.append(line.matches("(?s)[.'].*") ? "\\&" : "").append(line).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("%n", "");
  }
}
