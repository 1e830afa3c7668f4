package jsearch.run;

import static jsearch.run.TinyPair.CLOCK;
import static jsearch.run.TinyPair.SILENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.OtherTokens;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.compat.Compatibility;
import jsearch.eval.ItemScore;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.eval.Suite;
import jsearch.merge.DiskMerge;
import jsearch.merge.Monitors;
import jsearch.optimize.Algorithm;
import jsearch.plan.MergePlan;
import jsearch.plan.Tokens;
import jsearch.schedule.MergeRecipe;
import jsearch.schedule.Schedule;
import jsearch.study.StudySpec;
import jsearch.torch.Torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of comparisons: a parent scores what {@code eval} says of it, a candidate its merge. */
class OwnTokenizersTest {
  private static final Schedule SCHEDULE = Schedule.global(3, 0.4);

  @TempDir Path temp;
  private TinyPair pair;

  @BeforeEach
  void writePair() {
    pair = TinyPair.write(temp);
  }

  /** A donor that differs from its base in the way of this name. */
  private void writeDonor(String difference) throws IOException {
    TinyCheckpoint donor = new TinyCheckpoint().layers(3).donor(7, 0.1);
    switch (difference) {
      case "nothing" -> donor.write(pair.donor());
      case "rope" -> donor.config("rope_theta", 500.0).write(pair.donor());
      case "permuted tokens" -> OtherTokens.permute(donor.write(pair.donor()), 3);
      case "an added token" -> {
        donor.vocab(265).write(pair.donor());
        OtherTokens.add(pair.donor(), "<|im_start|>", 264);
      }
      case "a row more than the base" -> {
        new TinyCheckpoint().layers(3).vocab(259).write(pair.base());
        donor.vocab(260).write(pair.donor());
        OtherTokens.add(pair.donor(), "<pad>", 259);
      }
      case "fewer rows" -> donor.vocab(259).write(pair.donor());
      case "a tied head" -> donor.tied(true).write(pair.donor());
      case "no head" -> donor.without("lm_head.weight").write(pair.donor());
      case "a head alone" ->
          donor
              .tied(true)
              .copy("model.embed_tokens.weight", "lm_head.weight")
              .without("model.embed_tokens.weight")
              .write(pair.donor());
      default -> throw new IllegalArgumentException(difference);
    }
  }

  private Session session() {
    return Session.create(
        pair.request(Algorithm.RANDOM, 2), () -> temp.resolve("study"), CLOCK, new Places(temp));
  }

  private Scores eval(Path checkpoint, Split split) {
    try (Torch torch = Torch.open("cpu");
        Contestant alone =
            new Contestant(torch, Checkpoint.open(checkpoint), Arithmetic.on("cpu"))) {
      return alone.prepare(Suite.read(pair.suite()), split).score();
    }
  }

  private static void assertSame(Scores expected, Scores actual) {
    assertEquals(
        expected.items().stream().map(ItemScore::toString).toList(),
        actual.items().stream().map(ItemScore::toString).toList());
  }

  /** But for the order that a vocabulary is summed in. */
  private static void assertNear(Scores expected, Scores actual) {
    for (int i = 0; i < expected.items().size(); i++) {
      ItemScore one = expected.items().get(i);
      ItemScore other = actual.items().get(i);
      assertEquals(one.value(), other.value());
      assertEquals(one.logLikelihood(), other.logLikelihood(), 1e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "rope",
        "permuted tokens",
        "an added token",
        "a row more than the base",
        "fewer rows",
        "a tied head",
        "no head",
        "a head alone"
      })
  void parentsScoreWhatEvalSaysAndACandidateWhatItsMergeDoes(String difference) throws IOException {
    writeDonor(difference);
    Path recipe = temp.resolve("recipe.yaml");
    try (Session session = session()) {
      session.run(SILENT, () -> false);
      Verdict verdict = session.verdict(session.workbench().compatibility());
      assertSame(eval(pair.base(), Split.SEARCH), verdict.base().search());
      assertSame(eval(pair.base(), Split.CONFIRM), verdict.base().confirm());
      assertSame(eval(pair.donor(), Split.SEARCH), verdict.donor().search());
      assertSame(eval(pair.donor(), Split.CONFIRM), verdict.donor().confirm());
      Files.writeString(recipe, session.recipe("", SCHEDULE).yaml());
      Scores candidate = session.workbench().score(SCHEDULE, Split.CONFIRM);
      assertSame(eval(merge(recipe), Split.CONFIRM), candidate);
    }
  }

  private Path merge(Path file) {
    MergeRecipe recipe = MergeRecipe.load(file);
    Map<String, Checkpoint> parents = new LinkedHashMap<>();
    parents.put(recipe.base(), Checkpoint.open(pair.base()));
    parents.put(recipe.models().get(1), Checkpoint.open(pair.donor()));
    Path out = temp.resolve("out");
    try (Torch torch = Torch.open("cpu")) {
      new DiskMerge(torch, MergePlan.of(recipe, parents))
          .write(out, false, Long.MAX_VALUE, Monitors.SILENT);
    }
    return out;
  }

  @Test
  void aPermutedVocabularyIsAlignedByTheBasesTokens() throws IOException {
    // The same model: each row went where its token went. No row is without a token.
    TinyCheckpoint tiny = new TinyCheckpoint().layers(3).vocab(259);
    tiny.write(pair.base());
    tiny.write(pair.donor());
    OtherTokens.permute(pair.donor(), 3);
    try (Session session = session()) {
      assertEquals(Optional.of("base"), session.study().spec().tokenizerSource());
      Scores base = eval(pair.base(), Split.SEARCH);
      assertNear(base, eval(pair.donor(), Split.SEARCH));
      assertNear(base, session.workbench().score(SCHEDULE, Split.SEARCH));
      Compatibility found = session.workbench().compatibility();
      assertEquals(1, found.tokens().byString());
      assertTrue(found.tokens().byId() < 0.1);
      assertEquals(1, found.score(), 1e-6);
    }
  }

  @Test
  void whatTheDonorAddsIsInTheUnionUnlessAskedOtherwise() throws IOException {
    writeDonor("an added token");
    try (Session session = session()) {
      assertEquals(Optional.of("union"), session.study().spec().tokenizerSource());
      assertTrue(session.recipe("", SCHEDULE).yaml().endsWith("tokenizer_source: \"union\"\n"));
    }
    assertEquals(Optional.of("union"), StudySpec.read(temp.resolve("study")).tokenizerSource());
    try (Session again = Session.resume(temp.resolve("study"), CLOCK, new Places(temp))) {
      assertEquals(Optional.of("union"), again.study().spec().tokenizerSource());
    }
    SearchRequest plain = pair.request(Algorithm.RANDOM, 2);
    SearchRequest base = TinyPair.with(plain, Optional.of(Tokens.BASE), plain.arithmetic());
    try (Session session =
        Session.create(base, () -> temp.resolve("other"), CLOCK, new Places(temp))) {
      assertEquals(Optional.of("base"), session.study().spec().tokenizerSource());
    }
  }
}
