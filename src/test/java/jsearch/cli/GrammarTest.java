package jsearch.cli;

import static jsearch.cli.Commands.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jsearch.cli.Commands.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/** What is made of the commands as a whole: their help, completion and manual. */
class GrammarTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "-Vh",
        "--version",
        "list --help",
        "--color never list --help",
        "--seed 1 --help"
      })
  void theCommandsThatAreNotNamedAreNotMissed(String words) {
    Object[] list = words.split(" ");
    Result all = run(list);
    assertEquals(0, all.code(), all.err());
    assertEquals(all, run(Grammar.of(Screen.PLAIN, List.of(words.split(" "))), list));
  }

  @Test
  void helpIsInColourOnRequest() {
    Screen coloured =
        new Screen(new Surface(Screen.PLAIN.out().width(), true), Screen.PLAIN.err(), 80);
    Result result = run(Grammar.all(coloured), "merge", "--help");
    assertTrue(result.out().contains("\u001b[33m--shard-size\u001b["), result.out());
    assertFalse(run("merge", "--help").out().contains("\u001b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "re                 | resume",
        "resume --dt        | --dtype",
        "merge --method ''  | mergekit paper",
        "--optimizer g      | genetic",
        "--color ''         | auto always never",
        "export ''          | csv",
        "completion ''      | bash zsh",
        "status study-      | study-1",
        "merge recipe-      | recipe-1.yaml",
      })
  void bashCompletesCommandsOptionsValuesAndFiles(String words, String completed)
      throws IOException, InterruptedException {
    Files.createDirectories(temp.resolve("study-1"));
    Files.writeString(temp.resolve("recipe-1.yaml"), "");
    Path script = temp.resolve("complete.bash");
    Files.writeString(
        script,
        """
        %s
        COMP_WORDS=(jsearch %s)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _complete_jsearch 2>/dev/null
        echo "${COMPREPLY[@]}"
        """
            .formatted(run("completion", "bash").out(), words));
    assertEquals(completed, output("bash", script.toString()));
  }

  private String output(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return text.strip();
  }

  @Test
  void theManualHasEveryCommandAndOption() {
    String manual = run("man").out();
    Grammar.all(Screen.PLAIN)
        .getSubcommands()
        .forEach(
            (name, line) -> {
              assertTrue(manual.contains(".SS \"jsearch %s\"\n".formatted(name)), name);
              for (OptionSpec option : line.getCommandSpec().options()) {
                String roff = option.longestName().replace("-", "\\-");
                assertTrue(manual.contains(roff), roff);
              }
            });
    assertTrue(manual.startsWith(".TH \"JSEARCH\" \"1\" \"\" \"jsearch "), manual);
    assertFalse(manual.contains("${"), "a variable is left");
  }

  @Test
  void everyLineOfTheManualIsTextOrAMacroThatManKnows() {
    List<String> macros = new ArrayList<>();
    for (String line : run("man").out().lines().toList()) {
      assertTrue(line.matches("\\.(TH|SH|SS|PP|TP|br|nf|fi)\\b.*|[^.'].*"), line);
      if (line.startsWith(".nf") || line.startsWith(".fi")) {
        macros.add(line);
      }
      assertFalse(line.matches(".*(?<!\\\\)-.*") && !line.startsWith("."), line);
    }
    for (int i = 0; i < macros.size(); i++) {
      assertEquals(i % 2 == 0 ? ".nf" : ".fi", macros.get(i));
    }
  }
}
