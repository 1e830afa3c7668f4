package jsearch.instruction;

import jsearch.document.Document;
import jsearch.document.InputException;

/** Finds the rule of an instruction id. */
final class RuleReader {
  private RuleReader() {}

  /**
   * The rule with its arguments.
   *
   * @throws InputException for an unknown id and for arguments that are missing, wrong or too many
   */
  static Rule read(Document id, Arguments arguments) {
    Rule rule = rule(id, arguments);
    arguments.requireAllAsked();
    return rule;
  }

  private static Rule rule(Document id, Arguments arguments) {
    return switch (id.text()) {
      case "keywords:existence" -> WordRules.existence(arguments);
      case "keywords:frequency" -> WordRules.frequency(arguments);
      case "keywords:forbidden_words" -> WordRules.forbidden(arguments);
      case "keywords:letter_frequency" -> WordRules.letters(arguments);
      case "language:response_language" -> CaseRules.language(arguments);
      case "length_constraints:number_sentences" -> LengthRules.sentences(arguments);
      case "length_constraints:number_paragraphs" -> LengthRules.paragraphs(arguments);
      case "length_constraints:number_words" -> LengthRules.words(arguments);
      case "length_constraints:nth_paragraph_first_word" -> LengthRules.firstWord(arguments);
      case "detectable_content:number_placeholders" -> FormatRules.placeholders(arguments);
      case "detectable_content:postscript" -> FormatRules.postscript(arguments);
      case "detectable_format:number_bullet_lists" -> FormatRules.bullets(arguments);
      case "detectable_format:constrained_response" -> WholeRules.constrained();
      case "detectable_format:number_highlighted_sections" -> FormatRules.highlights(arguments);
      case "detectable_format:multiple_sections" -> FormatRules.sections(arguments);
      case "detectable_format:json_format" -> WholeRules.json();
      case "detectable_format:title" -> FormatRules.title();
      case "combination:two_responses" -> WholeRules.twoResponses();
      case "combination:repeat_prompt" -> WholeRules.repeatedPrompt(arguments);
      case "startend:end_checker" -> WholeRules.end(arguments);
      case "startend:quotation" -> WholeRules.quotation();
      case "change_case:capital_word_frequency" -> CaseRules.capitalWords(arguments);
      case "change_case:english_capital" -> CaseRules.englishCapital();
      case "change_case:english_lowercase" -> CaseRules.englishLowercase();
      case "punctuation:no_comma" -> WordRules.noComma();
      default -> throw id.expected("an instruction of IFEval, such as punctuation:no_comma");
    };
  }
}
