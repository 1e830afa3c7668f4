package jsearch.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jsearch.checkpoint.Vocabulary;

/** What an alignment does to the parents' tokens, told to people. */
final class AlignmentNotes {
  private static final int SHOWN = 5;

  private final Alignment alignment;
  private final Alignment.Parent source;
  private final Vocabulary merged;
  private final String[] tokens;

  AlignmentNotes(Alignment alignment) {
    this.alignment = alignment;
    source = alignment.parents().get(alignment.source());
    merged = alignment.vocabulary();
    tokens = merged.byId();
  }

  /** A sentence for the vocabulary, one for each parent that differs, more where needed. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(vocabulary());
    promoted(sentences);
    for (int i = 0; i < alignment.parents().size(); i++) {
      rows(i, sentences);
      leftOut(alignment.parents().get(i), sentences);
    }
    return sentences;
  }

  private String vocabulary() {
    int own = 0;
    List<String> more = new ArrayList<>();
    for (String token : merged.ids().keySet()) {
      if (source.has(token)) {
        own++;
      } else {
        more.add(token);
      }
    }
    String kept = "The merge has the %,d tokens of %s".formatted(own, source.name());
    return more.isEmpty() ? kept + "." : "%s and %s of others.".formatted(kept, some(more));
  }

  /** Tokens that were part of a model's vocabulary and are now found in the text before it. */
  private void promoted(List<String> sentences) {
    List<String> promoted =
        merged.added().keySet().stream()
            .filter(t -> alignment.parents().stream().anyMatch(parent -> plain(parent, t)))
            .filter(t -> !source.vocabulary().added().containsKey(t))
            .toList();
    if (!promoted.isEmpty()) {
      sentences.add(
          "%s of a parent's own vocabulary: now found as added tokens, wherever their text stands."
              .formatted(some(promoted)));
    }
  }

  private static boolean plain(Alignment.Parent parent, String token) {
    return parent.has(token) && !parent.vocabulary().added().containsKey(token);
  }

  private void rows(int index, List<String> sentences) {
    String name = alignment.parents().get(index).name();
    List<String> moved = new ArrayList<>();
    List<String> lacking = new ArrayList<>();
    List<String> contested = new ArrayList<>();
    for (Map.Entry<String, Integer> token : merged.ids().entrySet()) {
      int row = token.getValue();
      if (alignment.own(index, row).isEmpty()) {
        lacking.add(token.getKey());
        if (alignment.own(0, row).isEmpty() && owners(row) > 1) {
          contested.add(token.getKey());
        }
      } else if (alignment.own(index, row).get() != row) {
        moved.add(token.getKey());
      }
    }
    if (!moved.isEmpty()) {
      sentences.add("%s: rows of %s move to other ids.".formatted(name, some(moved)));
    }
    if (!lacking.isEmpty()) {
      sentences.add("%s lacks %s: their owners' rows stand in.".formatted(name, some(lacking)));
    }
    if (!contested.isEmpty()) {
      sentences.add(
          "%s: %s of several owners: the first one's row stands in (mergekit: the mean of theirs)."
              .formatted(name, some(contested)));
    }
  }

  private long owners(int row) {
    return IntStream.range(0, alignment.parents().size())
        .filter(parent -> alignment.own(parent, row).isPresent())
        .count();
  }

  /** Tokens without a row, tokens that the merge does not have, and rows without a token. */
  private void leftOut(Alignment.Parent parent, List<String> sentences) {
    List<String> rowless = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    Set<Integer> used = new HashSet<>();
    parent
        .vocabulary()
        .ids()
        .forEach(
            (token, id) -> {
              used.add(id);
              if (id >= parent.rows()) {
                rowless.add(token);
              } else if (!merged.ids().containsKey(token)) {
                dropped.add(token);
              }
            });
    if (!rowless.isEmpty()) {
      sentences.add(
          "%s: not counted, for its embedding has only %,d rows: %s."
              .formatted(parent.name(), parent.rows(), some(rowless)));
    }
    if (!dropped.isEmpty()) {
      sentences.add("%s: left out: %s.".formatted(parent.name(), some(dropped)));
    }
    long padding = IntStream.range(0, parent.rows()).filter(row -> !used.contains(row)).count();
    long kept = parent == source ? nulls() : 0;
    if (padding > kept) {
      sentences.add(
          "%s: left out: %,d rows of its embedding without a token."
              .formatted(parent.name(), padding - kept));
    }
  }

  private long nulls() {
    return tokens.length - merged.ids().size();
  }

  /** Their number and the first of them. */
  private static String some(List<String> tokens) {
    String shown =
        tokens.stream().limit(SHOWN).map(AlignmentNotes::shown).collect(Collectors.joining(", "));
    return "%,d token%s (%s%s)"
        .formatted(
            tokens.size(),
            tokens.size() == 1 ? "" : "s",
            shown,
            tokens.size() > SHOWN ? ", ..." : "");
  }

  /** Line ends and other control characters would break a line of output. */
  static String shown(String token) {
    return token.chars().anyMatch(Character::isISOControl)
        ? token.replaceAll("\\p{Cntrl}", "?")
        : token;
  }
}
