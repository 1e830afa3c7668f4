package jsearch.task;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.instruction.Instructions;

/**
 * IFEval's metrics: does the text follow the instructions of its item ({@code instruction_id_list},
 * {@code kwargs})?
 *
 * @param level whether a prompt counts where all its instructions are followed, or each instruction
 *     by itself
 * @param mode whether the text is judged as it stands, or by the best of eight variants
 * @param pipeline the filters of the text
 * @param instructions by the item's id; empty until the items are known
 */
record InstructionAccuracy(
    Level level, Mode mode, Pipeline pipeline, Map<Integer, Instructions> instructions)
    implements Metric {
  /** What is counted. */
  enum Level {
    PROMPT,
    INST
  }

  /** How a text is judged. */
  enum Mode {
    STRICT,
    LOOSE
  }

  /** The four names, such as {@code prompt_level_strict_acc}. */
  static final Set<String> NAMES =
      all(Pipeline.NONE).map(InstructionAccuracy::name).collect(Collectors.toUnmodifiableSet());

  /** Reads an entry of {@code metric_list} that has one of the names. */
  static Metric of(Document entry, Pipeline pipeline) {
    entry.allow(Set.of("metric", "aggregation", "higher_is_better"));
    String wanted = entry.at("metric").text();
    return all(pipeline).filter(metric -> metric.plainName().equals(wanted)).findFirst().get();
  }

  private static Stream<InstructionAccuracy> all(Pipeline pipeline) {
    return Stream.of(Level.values())
        .flatMap(
            level ->
                Stream.of(Mode.values())
                    .map(mode -> new InstructionAccuracy(level, mode, pipeline, Map.of())));
  }

  @Override
  public String name() {
    return pipeline.name().map(filter -> plainName() + "," + filter).orElse(plainName());
  }

  private String plainName() {
    String names = level.name() + "_level_" + mode.name() + "_acc";
    return names.toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the instructions of the items.
   *
   * @throws InputException for unknown instructions and missing arguments; names file, item and key
   */
  @Override
  public Metric on(List<Item> items) {
    Map<Integer, Instructions> read = new HashMap<>();
    items.forEach(item -> read.put(item.id(), Instructions.of(item.doc())));
    return new InstructionAccuracy(level, mode, pipeline, Map.copyOf(read));
  }

  @Override
  public double value(Item item, Answer answer) {
    Instructions asked = instructions.get(item.id());
    String response = pipeline.apply(answer.text(), item.doc());
    List<Boolean> verdicts = mode == Mode.STRICT ? asked.strict(response) : asked.loose(response);
    long followed = verdicts.stream().filter(verdict -> verdict).count();
    return level == Level.INST ? followed : followed == verdicts.size() ? 1 : 0;
  }

  @Override
  public double weight(Item item, Answer answer) {
    return level == Level.INST ? instructions.get(item.id()).size() : 1;
  }
}
