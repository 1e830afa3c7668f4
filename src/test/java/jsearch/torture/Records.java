package jsearch.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jsearch.document.Document;

/**
 * What a study's journal says of its trials, apart from times.
 *
 * @param begun by trial: what began it
 * @param noted by trial: notes and scores on the way, the last of each name
 * @param ends by trial: each of its final states with the values; one that is whole has one
 */
record Records(
    List<Map<String, Object>> begun, List<Map<String, Object>> noted, List<List<Object>> ends) {
  private static final int BEGIN = 4;
  private static final int STATE = 6;
  private static final int SCORE_ON_THE_WAY = 7;
  private static final int NOTE = 8;

  /** Notes that say how long something took. */
  private static final Set<String> TIMES = Set.of("seconds", "timing");

  /** Reads a journal, whose last line may be torn; no file is a journal without trials. */
  static Records read(Path journal) throws IOException {
    Records records = new Records(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    if (Files.exists(journal)) {
      String text = Files.readString(journal);
      text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .forEach(line -> records.add(Document.json(journal.toString(), line)));
    }
    return records;
  }

  private void add(Document event) {
    int code = event.at("op_code").integer(0, 9);
    if (code == BEGIN) {
      begun.add(timeless(event));
      noted.add(new LinkedHashMap<>());
      ends.add(new ArrayList<>());
      return;
    }
    if (code != STATE && code != SCORE_ON_THE_WAY && code != NOTE) {
      return;
    }
    int trial = event.at("trial_id").integer(0, begun.size() - 1);
    if (code == STATE) {
      ends.get(trial).add(timeless(event));
    } else if (code == SCORE_ON_THE_WAY) {
      noted
          .get(trial)
          .put("step " + event.at("step").value(), event.at("intermediate_value").value());
    } else {
      event.at("user_attr").entries().forEach((name, value) -> note(trial, name, value.value()));
    }
  }

  private void note(int trial, String name, Object value) {
    if (!TIMES.contains(name)) {
      noted.get(trial).put(name, value);
    }
  }

  private static Map<String, Object> timeless(Document event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    event
        .entries()
        .forEach(
            (name, value) -> {
              if (!name.startsWith("datetime")) {
                fields.put(name, value.value());
              }
            });
    return fields;
  }

  /** How many trials were begun. */
  int size() {
    return begun.size();
  }

  /** How many trials are finished. */
  int finished() {
    return (int) ends.stream().filter(states -> !states.isEmpty()).count();
  }

  /** Whether this trial has an end. */
  boolean finished(int trial) {
    return trial < size() && !ends.get(trial).isEmpty();
  }

  /** Whether this trial is the same there, to the last digit. */
  boolean same(int trial, Records other) {
    return begun.get(trial).equals(other.begun.get(trial))
        && noted.get(trial).equals(other.noted.get(trial))
        && ends.get(trial).get(0).equals(other.ends.get(trial).get(0));
  }
}
