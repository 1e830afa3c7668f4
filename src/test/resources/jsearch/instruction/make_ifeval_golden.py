"""Writes ifeval.json: what IFEval's reference checker, as lm-evaluation-harness 0.4.13 has it, says of these responses.

Run: python make_ifeval_golden.py   (lm_eval 0.4.13, nltk 3.9.1 with punkt_tab, langdetect 1.0.9)
NLTK 3.9.1 is the least that lm_eval takes and what published scores were made with; 3.10 has other word characters.
The language detector has no seed there; a case is kept only if twenty runs agree.
"""

import importlib.metadata
import itertools
import json
import logging
import pathlib

from lm_eval.tasks.ifeval import utils

logging.disable(logging.CRITICAL)

LOREM = "The quick brown fox jumps over the lazy dog. It was not amused by any of this, and said so!"
PLAIN = ["", " ", "\n\n", LOREM, LOREM.upper(), LOREM.lower(), "*" + LOREM + "*", "Sure! Here it is:\n" + LOREM + "\nAnything else?"]
JAPANESE = "\u3053\u308c\u306f\u30c6\u30b9\u30c8\u3067\u3059\u3002\u4eca\u65e5\u306f\u5929\u6c17\u304c\u3044\u3044\u3067\u3059\u306d\u3002"
HINDI = "\u092f\u0939 \u090f\u0915 \u0932\u0902\u092c\u093e \u0935\u093e\u0915\u094d\u092f \u0939\u0948 \u091c\u094b \u0939\u093f\u0902\u0926\u0940 \u092e\u0947\u0902 \u0932\u093f\u0916\u093e \u0917\u092f\u093e \u0939\u0948\u0964"
GERMAN = "Das ist ein langer deutscher Satz, der ohne jeden Zweifel erkannt werden sollte, weil er so viele W\u00f6rter hat."

CASES = {
    "keywords:existence": (
        [{"keywords": ["Fox", "dog"]}, {"keywords": ["caf\u00e9", "na.ve"]}, {"keywords": ["\u00c9T\u00c9"]}],
        ["fox and DOG", "foxes; dogma", "CAF\u00c9 na\u00efve", "\u00e9t\u00e9", "the dog"],
    ),
    "keywords:frequency": (
        [
            {"keyword": " the ", "frequency": 2, "relation": "at least"},
            {"keyword": "the", "frequency": 2, "relation": "less than"},
            {"keyword": "a.a", "frequency": 1, "relation": "at least"},
        ],
        ["the THE", "other lathe the", "aaaaa", "a\na", "the"],
    ),
    "keywords:forbidden_words": (
        [{"forbidden_words": ["fox", "amused"]}, {"forbidden_words": ["e\u0301t"]}, {"forbidden_words": ["C++"]}],
        ["foxes are unamused", "a Fox", "fox_", "e\u0301t \u00e9t", "cet", "C++ code", "C"],
    ),
    "keywords:letter_frequency": (
        [
            {"letter": "Q", "let_frequency": 2, "let_relation": "at least"},
            {"letter": "a", "let_frequency": 3, "let_relation": "less than"},
        ],
        ["qQ", "q", "aaa", "\u00e1\u00e1\u00e1a", "A a"],
    ),
    "language:response_language": (
        [{"language": "de"}, {"language": "ja"}, {"language": "hi"}, {"language": "en"}],
        [GERMAN, JAPANESE, HINDI, "123 456", "\U0001f600", GERMAN + "\n" + JAPANESE * 5, "Note:\n" + HINDI],
    ),
    "length_constraints:number_sentences": (
        [{"num_sentences": 3, "relation": "at least"}, {"num_sentences": 3, "relation": "less than"}],
        [
            "One. Two. Three.", "One. Two.", "Dr. Smith met Mr. Jones at 5 p.m. today. They ate.", "Wait... what? Really?!",
            'He said "No." Then "Yes." (Really.) Fine.', "1. First\n2. Second\n3. Third", "One.Two.Three.", "J. R. R. Tolkien wrote it. So?",
            "The U.S. economy grew 3.5 percent. It did! Did it?", "No end\n\nNo end either\n\nNone", "* One.\n* Two.\n* Three.",
            "e.g. this. And that", "\u201cOne.\u201d \u201cTwo.\u201d Three.", "Yes!!! No??? Hm.", "\u4e00\u3002\u4e8c\u3002\u4e09\u3002", ". . . ok. Go.",
            "We left Jan. 5 with Corp. Co. lawyers. End.",
        ],
    ),
    "length_constraints:number_paragraphs": (
        [{"num_paragraphs": 2}, {"num_paragraphs": 1}],
        ["a***b", "a\n***\nb", "***a***b***", "a******b", "a *** *** b", "a**b", "a\n\n***\n\nb\n***", "***"],
    ),
    "length_constraints:number_words": (
        [{"num_words": 3, "relation": "at least"}, {"num_words": 3, "relation": "less than"}],
        ["one two three", "don't stop", "well-known", "a_b c", "\u0928\u092e\u0938\u094d\u0924\u0947", "x\u00b2 y\u2083", "caf\u00e9 e\u0301te", "... !!!"],
    ),
    "length_constraints:nth_paragraph_first_word": (
        [
            {"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "Hello"},
            {"num_paragraphs": 1, "nth_paragraph": 1, "first_word": "it"},
        ],
        [
            "a\n\nhello there", "a\n\n'\"Hello,\" he said", "a\n\n\"'hello'", "a\n\n\n\nhello", "hello\n\na", "a\n\nHELLO.x", "It's", "it",
            "\n\nit", "It\n\n", "a\n\nhell\u00f6", "a\n\n hello\nb",
        ],
    ),
    "detectable_content:number_placeholders": (
        [{"num_placeholders": 2}], ["[a] [b]", "[a [b]]", "[]", "[][]", "[a\nb] [c] [d", "[a]"],
    ),
    "detectable_content:postscript": (
        [{"postscript_marker": "P.S."}, {"postscript_marker": "P.P.S"}, {"postscript_marker": "PS:"}],
        ["x\nP.S. y", "p. s. y", "P.S y", "P.P.S. y", "p. p. s", "ps: y", "eps: x", "P. P.S", "P.  S."],
    ),
    "detectable_format:number_bullet_lists": (
        [{"num_bullets": 2}, {"num_bullets": 1}],
        ["* a\n* b", "- a\n* b", "** a\n* b", "  * a\n\n\n  - b", "*\na", "a * b", "---", "\u2022 a", "*a*\n*b*", "* a\n- b\n"],
    ),
    "detectable_format:constrained_response": (
        [{}], ["My answer is yes.", "  Well: My answer is no. ", "my answer is yes.", "My answer is maybe", "My answer is *yes*."],
    ),
    "detectable_format:number_highlighted_sections": (
        [{"num_highlights": 2}, {"num_highlights": 1}],
        ["*a* *b*", "**a** **b**", "*a* **b**", "***a***", "* *", "** **", "*a\nb*", "*a*b*c*", "****", "**a*"],
    ),
    "detectable_format:multiple_sections": (
        [{"section_spliter": "Section", "num_sections": 2}, {"section_spliter": " SECTION ", "num_sections": 1}],
        ["Section 1 a\nSection 2 b", "Section1 Section  2", "SECTION 1", "Section One", "Section 1Section 2", "Section\n12 Section\t3", "Section \u0663"],
    ),
    "detectable_format:json_format": (
        [{}],
        [
            '{"a": 1}', '```json\n{"a": [1, 2]}\n```', '```\n[]\n```', "```JSON {} ```", "```json\n{\"a\": 1,}\n```", "Here: {}", '{"a": 1}\nDone.', "null", "NaN",
            "'a'", '"text"', '{"a": "b\nc"}', '```python\n{}\n```', "\ufeff{}", '{"a": 1, "a": 2}', "**1**", '```json```', "\u00a0{}\u00a0",
        ],
    ),
    "detectable_format:title": (
        [{}], ["<<Title>>", "Text <<in the middle>> text", "<<>>", "<< >>", "<<<a>>>", "<<a\nb>>", "<a>", "<<a>", "<<a>> <<b>>", "<< < >>"],
    ),
    "combination:two_responses": (
        [{}],
        ["a******b", "a\n******\nb", "a******a", "a ****** a ", "******a******b******", "a******b******c", "a************b", "a*****b", "******", "a******", "a*******b"],
    ),
    "combination:repeat_prompt": (
        [{"prompt_to_repeat": " Write a Poem. "}],
        ["Write a poem. Roses", "  write A POEM.", "Sure.\nWrite a poem.\nx", "*Write* a poem.", "Write  a poem.", "Write a poem"],
    ),
    "startend:end_checker": (
        [{"end_phrase": "The End. "}],
        ["... the end.", 'x "The End."', 'The End." ', "the end", "The End.\nBye", "The **End**.", '"the end.""', "The End.'"],
    ),
    "startend:quotation": (
        [{}], ['"a"', '"a', '"', '""', ' "a" ', "'a'", "\u201ca\u201d", '"a" and "b"', 'x\n"a"\ny', '*"a"*'],
    ),
    "change_case:capital_word_frequency": (
        [
            {"capital_frequency": 2, "capital_relation": "at least"},
            {"capital_frequency": 2, "capital_relation": "less than"},
            {"capital_frequency": 4, "capital_relation": "at least"},
        ],
        [
            "A B", "DON'T", "I'm", "DOG'S", "WELL-KNOWN", "A,B", "A:1", "U.S. U.K.", "CANNOT", "GONNA", "YES!NO", "\u201cYES\u201d", "HE'LL I'VE",
            "(OK)", "A/B", "WHY?BECAUSE", "#TAG @ME", "\u00c9T\u00c9 ETE", "R2D2 4U 42", "A--B", "A...B", "DOGS' 'TIS TWAS", "A\u2014B C_D", "X* *Y", "A.B", "X'Y", "O'C A's","'NOT SO'",
            "ROCK'N'ROLL O'CLOCK", "MORE'N D'YE", "LEMME GIMME WANNA GO", "\u2160 \u24b6", "A;B&C%D", "<B>A</B>", "IT''S ``A``", "HE'D'VE",
        ],
    ),
    "change_case:english_capital": (
        [{}], ["THIS IS A RATHER LONG ENGLISH SENTENCE ABOUT THE WEATHER AND THE SEA.", "THIS IS Not", "123", "NOTE:\nthis is english text for you and me"],
    ),
    "change_case:english_lowercase": (
        [{}], ["this is a rather long english sentence about the weather and the sea.", GERMAN.lower(), "this Is", "Note:\nthis is a rather long english sentence about the weather"],
    ),
    "punctuation:no_comma": ([{}], ["a b", "a, b", "a\uff0c b", "a\u060c b", "Sure,\nhere it is", "a;b"]),
}


def verdicts(check, item, response):
    detects = any(word in item.instruction_id_list[0] for word in ("language", "english"))
    runs = {tuple(check(item, response).follow_instruction_list) for _ in range(20 if detects else 1)}
    return list(runs.pop()) if len(runs) == 1 else None


cases = []
for instruction, (arguments, responses) in CASES.items():
    for kwargs, response in itertools.product(arguments, PLAIN + responses):
        item = utils.InputExample(0, [instruction], "", [kwargs])
        strict = verdicts(utils.test_instruction_following_strict, item, response)
        loose = verdicts(utils.test_instruction_following_loose, item, response)
        if strict is not None and loose is not None:
            case = {"instruction_id_list": [instruction], "kwargs": [kwargs], "response": response}
            cases.append(case | {"strict": strict, "loose": loose})

golden = {
    "made_by": ", ".join(p + " " + importlib.metadata.version(p) for p in ("lm_eval", "nltk", "langdetect")),
    "cases": cases,
}
target = pathlib.Path(__file__).with_name("ifeval.json")
lines = ",\n".join(json.dumps(case) for case in golden.pop("cases"))
target.write_text(json.dumps(golden)[:-1] + ', "cases": [\n' + lines + "\n]}\n", encoding="utf-8")
