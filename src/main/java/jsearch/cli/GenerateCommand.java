package jsearch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.InputException;
import jsearch.model.Chat;
import jsearch.model.Generated;
import jsearch.model.Message;
import jsearch.run.Contestant;
import jsearch.torch.Phase;
import jsearch.torch.Stopwatch;
import jsearch.torch.Torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets one checkpoint speak. */
@Command(
    name = "generate",
    description = "Continues a prompt with one checkpoint, to check that it speaks.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class GenerateCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Spec private CommandSpec command;

  @Parameters(paramLabel = "MODEL", description = "Directory or Hub id (org/name@revision).")
  private String model;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      defaultValue = STANDARD_INPUT,
      description = "What to go on from; without it, or with -, standard input.")
  private String prompt;

  @Option(
      names = "--chat",
      description = "Ask by the model's chat template: the prompt is what a user says.")
  private boolean chat;

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "With --chat: the system message before it.")
  private String system;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "256",
      description = "Tokens to write, at most (${DEFAULT-VALUE}).")
  private int maxNewTokens;

  @Mixin private ArithmeticOptions arithmetic;

  @Override
  public Integer call() {
    if (maxNewTokens < 1) {
      throw new InputException(
          "--max-new-tokens is %d, expected at least 1.".formatted(maxNewTokens));
    }
    if (system != null && !chat) {
      throw new InputException(
          "--system is given without --chat, expected both.\nMaybe add --chat.");
    }
    Checkpoint checkpoint = new Models(command.commandLine().getErr()).open(model);
    Optional<Chat> template =
        chat
            ? Optional.of(Chat.open(checkpoint.directory(), Clock.systemDefaultZone()))
            : Optional.empty();
    String said = prompt.equals(STANDARD_INPUT) ? read(System.in) : prompt;
    Optional<String> rendered = template.map(chat -> chat.render(conversation(said), true));
    Loading.one(command, checkpoint, arithmetic.asked().device());
    try (Torch torch = arithmetic.open();
        Contestant contestant = new Contestant(torch, checkpoint, arithmetic.asked())) {
      PrintWriter err = command.commandLine().getErr();
      contestant.warnings().forEach(warning -> err.println("Warning: " + warning));
      Stopwatch stopwatch = new Stopwatch(Clock.systemUTC());
      Generated answer =
          torch.timed(
              stopwatch,
              () ->
                  rendered.isPresent()
                      ? contestant.reply(rendered.get(), maxNewTokens)
                      : contestant.answer(said, maxNewTokens));
      Duration writing = stopwatch.elapsed().minus(stopwatch.spent(Phase.PREFILL));
      PrintWriter out = command.commandLine().getOut();
      out.println(answer.text());
      out.flush();
      command
          .commandLine()
          .getErr()
          .println(speed(answer, stopwatch.spent(Phase.PREFILL), writing));
    }
    return ExitCode.OK;
  }

  /** The first token comes of reading, so the speed of writing is that of the others. */
  private String speed(Generated answer, Duration reading, Duration writing) {
    int tokens = answer.tokens();
    String written =
        tokens == 1
            ? "1 token written"
            : String.format(
                Locale.ROOT,
                "%,d tokens written in %.2f s (%.1f tokens/s after the first)",
                tokens,
                seconds(writing),
                (tokens - 1) / seconds(writing));
    String end =
        switch (answer.end()) {
          case END_OF_SEQUENCE -> "stopped at the end-of-sequence token";
          case STOP -> "stopped at a stop text";
          case LENGTH ->
              tokens < maxNewTokens
                  ? "stopped at the end of the model's context"
                  : "stopped at --max-new-tokens " + maxNewTokens;
        };
    return String.format(
        Locale.ROOT,
        "Prompt of %,d %s read in %.2f s; %s, %s.",
        answer.promptTokens(),
        answer.promptTokens() == 1 ? "token" : "tokens",
        seconds(reading),
        written,
        end);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private List<Message> conversation(String said) {
    Message user = new Message("user", said);
    return system == null ? List.of(user) : List.of(new Message("system", system), user);
  }

  /** All of it but a line end at its end, which {@code echo} and editors put there. */
  private static String read(InputStream in) {
    try {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.replaceFirst("\\r?\\n\\z", "");
    } catch (IOException e) {
      throw InputException.unreadable("Standard input", e);
    }
  }
}
