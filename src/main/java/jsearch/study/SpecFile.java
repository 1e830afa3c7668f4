package jsearch.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Neighbours;
import jsearch.document.Writer;

/** A study's spec on disk, in YAML. */
final class SpecFile {
  /** The file's name in the study's directory. */
  static final String NAME = "study.yaml";

  private static final Set<String> KEYS =
      Set.of(
          "base",
          "donor",
          "tokenizer_source",
          "suite",
          "family",
          "baselines",
          "optimizer",
          "seed",
          "budget",
          "race",
          "limits",
          "compute",
          "versions");

  private SpecFile() {}

  static StudySpec read(Path directory) {
    Path file = directory.resolve(NAME);
    if (Files.isRegularFile(directory)) {
      throw new StudyException(
          "%s is a file, expected the directory of a study.".formatted(directory));
    }
    if (Files.notExists(file)) {
      throw new StudyException(
          """
          %s does not exist, so %s is not a study that can go on.%s"""
              .formatted(file, directory, others(directory)));
    }
    try {
      return parse(Document.yaml(file));
    } catch (InputException e) {
      throw new StudyException(e.getMessage(), e);
    }
  }

  /** The studies that it might have been: near ones, and those that stand beside it. */
  private static String others(Path directory) {
    Predicate<Path> study = place -> Files.exists(place.resolve(NAME));
    Path parent = directory.toAbsolutePath().normalize().getParent();
    List<String> beside = parent == null ? List.of() : Neighbours.names(parent, study);
    String hint = Neighbours.hint(directory, study);
    String list =
        beside.isEmpty() ? "" : "\nStudies in %s: %s.".formatted(parent, Neighbours.listed(beside));
    return hint.isEmpty() && list.isEmpty()
        ? "\nMaybe the path is wrong; a search makes its study under results/."
        : hint + list;
  }

  /** Writes the spec into a study's directory: the whole file or nothing. */
  static void write(Path directory, StudySpec spec) throws IOException {
    String comment =
        """
        # Everything that decides the trials of this study; the trials are in journal.log.
        # Go on after an interruption:  %s
        # Repeat it from the beginning: %s
        """
            .formatted(resumeCommand(directory), repeatCommand(spec));
    Writer.replace(directory.resolve(NAME), comment + Writer.yaml(spec.toMap()));
  }

  /** The words that resume the study in this directory. */
  static String resumeCommand(Path directory) {
    return oneLine("jsearch resume " + quoted(directory.toString()));
  }

  private static StudySpec parse(Document document) {
    document.allow(KEYS);
    Document compute =
        document
            .at("compute")
            .allow(Set.of("device", "dtype", "threads", "batch_tokens", "workers"));
    Map<String, String> versions = new LinkedHashMap<>();
    document.at("versions").entries().forEach((name, value) -> versions.put(name, value.text()));
    return new StudySpec(
        source(document.at("base")),
        source(document.at("donor")),
        document.find("tokenizer_source").map(SpecFile::word),
        source(document.at("suite")),
        source(document.at("family")),
        source(document.at("baselines")),
        word(document.at("optimizer")),
        document.at("seed").whole(Long.MIN_VALUE, Long.MAX_VALUE),
        document.at("budget").integer(1, Integer.MAX_VALUE),
        document.find("race").map(Document::bool).orElse(false),
        document.find("limits").map(SpecFile::limits).orElse(Limits.NONE),
        new Compute(
            word(compute.at("device")),
            word(compute.at("dtype")),
            positive(compute, "threads"),
            positive(compute, "batch_tokens"),
            positive(compute, "workers").orElse(1)),
        versions);
  }

  private static Limits limits(Document document) {
    document.allow(Set.of("time_limit", "patience", "target"));
    return new Limits(
        document.find("time_limit").map(time -> TimeLimit.parse(time.text())),
        positive(document, "patience"),
        document
            .find("target")
            .map(target -> OptionalDouble.of(target.number()))
            .orElseGet(OptionalDouble::empty));
  }

  private static OptionalInt positive(Document document, String key) {
    return document
        .find(key)
        .map(value -> OptionalInt.of(value.integer(1, Integer.MAX_VALUE)))
        .orElseGet(OptionalInt::empty);
  }

  private static Source source(Document document) {
    document.allow(Set.of("path", "fingerprint"));
    return new Source(word(document.at("path")), word(document.at("fingerprint")));
  }

  private static String word(Document document) {
    if (document.text().isBlank()) {
      throw document.expected("a text that is not blank");
    }
    return document.text();
  }

  /** The words that make the study again. */
  static String repeatCommand(StudySpec spec) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--base", spec.base().path());
    options.put("--donor", spec.donor().path());
    spec.tokenizerSource().ifPresent(whose -> options.put("--tokenizer-source", whose));
    options.put("--eval", spec.suite().path());
    options.put("--space", spec.family().path());
    options.put("--optimizer", spec.optimizer());
    options.put("--budget", Integer.toString(spec.budget()));
    options.put("--seed", Long.toString(spec.seed()));
    options.put("--device", spec.compute().device());
    options.put("--dtype", spec.compute().dtype());
    spec.compute()
        .batchTokens()
        .ifPresent(tokens -> options.put("--batch-tokens", Integer.toString(tokens)));
    if (spec.compute().workers() > 1) {
      options.put("--workers", Integer.toString(spec.compute().workers()));
    }
    spec.limits()
        .toMap()
        .forEach((name, limit) -> options.put("--" + name.replace('_', '-'), limit.toString()));
    return oneLine(
        options.entrySet().stream()
            .map(option -> " " + option.getKey() + " " + quoted(option.getValue()))
            .collect(Collectors.joining("", "jsearch", spec.race() ? " --race" : "")));
  }

  /** A word of a shell command. */
  private static String quoted(String word) {
    return word.matches("[\\w./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Keeps a path with a line end in it from ending the comment. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\u0085\u2028\u2029]", "?");
  }
}
