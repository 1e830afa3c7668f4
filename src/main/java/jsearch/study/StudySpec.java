package jsearch.study;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that decides a study's trials, and when it ends: the same spec gives the same trials.
 *
 * @param base the checkpoint at t = 0
 * @param donor the checkpoint at t = 1
 * @param tokenizerSource whose tokens a merge has, as recipes say it; empty where both parents have
 *     the same
 * @param suite the tasks, their weights and the split
 * @param family what the scalars mean
 * @param baselines the known schedules that are tried first
 * @param optimizer its name
 * @param seed of the optimizer
 * @param budget number of trials
 * @param race whether proposals are dropped on the way when they are clearly worse than the best
 * @param limits what ends the study before its budget is spent; decides no trial
 * @param compute device, dtype, threads, batches and workers
 * @param versions of jsearch and of what it computes with, by name
 */
public record StudySpec(
    Source base,
    Source donor,
    Optional<String> tokenizerSource,
    Source suite,
    Source family,
    Source baselines,
    String optimizer,
    long seed,
    int budget,
    boolean race,
    Limits limits,
    Compute compute,
    Map<String, String> versions) {
  private static final String LIMITS = "limits";
  private static final String THREADS = "compute.threads";

  public StudySpec {
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    if (optimizer.isBlank() || budget < 1) {
      throw new IllegalArgumentException("a study needs an optimizer and a budget of at least 1");
    }
  }

  /**
   * Reads the spec of the study in this directory.
   *
   * @throws StudyException when it is missing or damaged
   */
  public static StudySpec read(Path directory) {
    return SpecFile.read(directory);
  }

  /** The command that makes this study again, in one line for a shell. */
  public String repeatCommand() {
    return SpecFile.repeatCommand(this);
  }

  /**
   * Checks that nothing which decides the trials has changed since the study began.
   *
   * @throws StudyException naming every change, with the value then and the value now
   */
  void requireSame(Path directory, StudySpec now) {
    Map<String, String> changes = changes(now);
    if (!changes.isEmpty()) {
      throw new StudyException(
          """
          %s cannot go on, for what decides its trials has changed since it began:
            %s
          Maybe put back what was there, or take along what still holds into a new study: %s"""
              .formatted(
                  directory,
                  String.join("\n  ", changes.values()),
                  SpecFile.resumeCommand(directory) + " --fork NEW-DIR"));
    }
  }

  /** What differs, by its name such as {@code suite.fingerprint}: a sentence that says how. */
  Map<String, String> changes(StudySpec now) {
    Map<String, Object> then = flat("", deciding());
    Map<String, Object> current = flat("", now.deciding());
    Set<String> names = new LinkedHashSet<>(then.keySet());
    names.addAll(current.keySet());
    Map<String, String> changes = new LinkedHashMap<>();
    for (String name : names) {
      Object before = then.getOrDefault(name, "not set");
      Object after = current.getOrDefault(name, "not set");
      if (!before.equals(after)) {
        boolean threads =
            name.equals(THREADS) && then.containsKey(name) && current.containsKey(name);
        String effect = threads ? ", which changes last digits" : "";
        changes.put(name, "%s was %s, is now %s%s".formatted(name, before, after, effect));
      }
    }
    return changes;
  }

  /** All but the limits, which may be others each time that a study goes on. */
  private Map<String, Object> deciding() {
    Map<String, Object> map = toMap();
    map.remove(LIMITS);
    return map;
  }

  /** As a document: mappings of texts, numbers and truth values. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("base", toMap(base));
    map.put("donor", toMap(donor));
    tokenizerSource.ifPresent(whose -> map.put("tokenizer_source", whose));
    map.put("suite", toMap(suite));
    map.put("family", toMap(family));
    map.put("baselines", toMap(baselines));
    map.put("optimizer", optimizer);
    map.put("seed", seed);
    map.put("budget", budget);
    if (race) {
      map.put("race", true);
    }
    if (!limits.equals(Limits.NONE)) {
      map.put(LIMITS, limits.toMap());
    }
    Map<String, Object> arithmetic = new LinkedHashMap<>();
    arithmetic.put("device", compute.device());
    arithmetic.put("dtype", compute.dtype());
    compute.threads().ifPresent(threads -> arithmetic.put("threads", threads));
    compute.batchTokens().ifPresent(tokens -> arithmetic.put("batch_tokens", tokens));
    if (compute.workers() > 1) {
      arithmetic.put("workers", compute.workers());
    }
    map.put("compute", arithmetic);
    map.put("versions", versions);
    return map;
  }

  private static Map<String, Object> toMap(Source source) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", source.path());
    map.put("fingerprint", source.fingerprint());
    return map;
  }

  private static Map<String, Object> flat(String prefix, Map<?, ?> map) {
    Map<String, Object> flat = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> inner) {
            flat.putAll(flat(prefix + key + ".", inner));
          } else {
            flat.put(prefix + key, value);
          }
        });
    return flat;
  }
}
