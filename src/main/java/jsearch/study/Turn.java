package jsearch.study;

import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Writer;

/**
 * What the process that works on a study says of its turn, so that others can tell how long yet.
 *
 * <p>It is kept beside the lock, not in the journal: it decides no trial, and means nothing once
 * the process has ended.
 *
 * @param begun when the process took the study, in local time as the journal has it
 * @param deadline when it begins no more trials, whatever is left to do
 * @param patience after so many proposals in a row without a better one it begins no more, either
 * @param searchTokens tokens of the search items
 * @param confirmTokens tokens of the confirm items
 */
public record Turn(
    LocalDateTime begun,
    Optional<LocalDateTime> deadline,
    OptionalInt patience,
    long searchTokens,
    long confirmTokens) {
  /** How many times the work of the search items the confirm items are. */
  public double confirmShare() {
    return searchTokens == 0 ? 0 : (double) confirmTokens / searchTokens;
  }

  /** In one line. */
  String line() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("begun", begun.toString());
    deadline.ifPresent(end -> map.put("deadline", end.toString()));
    patience.ifPresent(proposals -> map.put("patience", proposals));
    map.put("search_tokens", searchTokens);
    map.put("confirm_tokens", confirmTokens);
    return Writer.jsonLine(map);
  }

  /** Reads such a line; empty where it is none, as one that is just being written. */
  static Optional<Turn> read(String line) {
    try {
      Document turn = Document.json("turn", line);
      return Optional.of(
          new Turn(
              LocalDateTime.parse(turn.at("begun").text()),
              turn.find("deadline").map(end -> LocalDateTime.parse(end.text())),
              turn.find("patience")
                  .map(patience -> OptionalInt.of(patience.integer(1, Integer.MAX_VALUE)))
                  .orElseGet(OptionalInt::empty),
              turn.at("search_tokens").whole(0, Long.MAX_VALUE),
              turn.at("confirm_tokens").whole(0, Long.MAX_VALUE)));
    } catch (InputException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
