package jsearch.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.checkpoint.Agreement;
import jsearch.checkpoint.ChatTemplateText;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.schedule.MergeRecipe;
import jsearch.schedule.Recipe;
import jsearch.schedule.Schedule;

/**
 * Two checkpoints and the merge that a search makes of them, again and again by another schedule.
 *
 * <p>What belongs together is planned from the very recipe that the search hands out, so that a
 * candidate in memory is what {@code jsearch merge} writes of it. Where the parents have the same
 * tokens in the same rows, rows are merged by number; else those of one token belong together, and
 * the recipe says whose tokens the merge has.
 */
public final class Parents {
  private final Checkpoint base;
  private final Checkpoint donor;
  private final Optional<Tokens> tokens;
  private final MergePlan plan;

  private Parents(Checkpoint base, Checkpoint donor, Optional<Tokens> tokens) {
    this.base = base;
    this.donor = donor;
    this.tokens = tokens;
    String own = Tokens.BASE.toString();
    String other = Tokens.DONOR.toString();
    String text = recipe("", own, other, Schedule.global(base.layers(), 0.5)).yaml();
    plan =
        MergePlan.of(
            MergeRecipe.read("the recipe of the search", text), named(own, base, other, donor));
  }

  private static Map<String, Checkpoint> named(
      String own, Checkpoint base, String other, Checkpoint donor) {
    Map<String, Checkpoint> named = new LinkedHashMap<>();
    named.put(own, base);
    named.put(other, donor);
    return named;
  }

  /** Parents whose merge has the base's tokens, and those that the donor has added to them. */
  public static Parents of(Checkpoint base, Checkpoint donor) {
    return of(base, donor, Optional.empty());
  }

  /**
   * Parents whose merge has these tokens.
   *
   * @param asked where empty the union if the donor has added tokens to the base's, else the base's
   * @throws jsearch.document.InputException naming the first thing that does not fit
   */
  public static Parents of(Checkpoint base, Checkpoint donor, Optional<Tokens> asked) {
    Agreement.require(base, donor);
    Agreement.requireSameLayers(base, donor);
    List<Alignment.Parent> both =
        Alignment.parents(named(Tokens.BASE.toString(), base, Tokens.DONOR.toString(), donor));
    TokenAgreement agreement = new TokenAgreement(both.get(0), both.get(1));
    Tokens extended =
        agreement.isExtended() && Union.isPossible(both.get(0)) ? Tokens.UNION : Tokens.BASE;
    return new Parents(
        base, donor, agreement.isWhole() ? Optional.empty() : Optional.of(asked.orElse(extended)));
  }

  /** The parent at t = 0. */
  public Checkpoint base() {
    return base;
  }

  /** The parent at t = 1. */
  public Checkpoint donor() {
    return donor;
  }

  /** Whose tokens the merge has; empty where both parents have the same. */
  public Optional<Tokens> tokens() {
    return tokens;
  }

  /** What each tensor and file of the merge is made of; its schedule is any. */
  public MergePlan plan() {
    return plan;
  }

  /** What a person should know of the pair, a sentence each. */
  public List<String> warnings() {
    return plan.warnings();
  }

  /** What becomes of the parents' tokens, a sentence each; empty where both have the same. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    tokens.ifPresent(
        whose ->
            notes.add(
                "The vocabularies differ: rows are aligned by token (tokenizer_source: "
                    + whose
                    + "), and"
                    + " each parent is judged with its own tokenizer."));
    notes.addAll(plan.notes());
    return notes;
  }

  /** The number format of the merge: the base's. */
  public DType format() {
    return base.tensors().values().iterator().next().dtype();
  }

  /**
   * The merge by a schedule as a recipe.
   *
   * @param comment any number of lines, written above it
   * @param baseName what the recipe calls the base: directory or Hub id
   * @param donorName what it calls the donor
   */
  public Recipe recipe(String comment, String baseName, String donorName, Schedule schedule) {
    boolean speaks = ChatTemplateText.of(base.directory()).isPresent();
    boolean learns = !speaks && ChatTemplateText.of(donor.directory()).isPresent();
    return new Recipe(
        comment,
        baseName,
        donorName,
        format(),
        tokens.map(whose -> whose == Tokens.DONOR ? donorName : whose.toString()),
        learns ? Optional.of(ChatTemplate.AUTO) : Optional.empty(),
        schedule);
  }
}
