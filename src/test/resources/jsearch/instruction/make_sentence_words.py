"""Writes sentence_words.txt: what Sentences knows of English words.

Run: python make_sentence_words.py GSM8K.jsonl HELLASWAG.jsonl   (openai/grade-school-math test, Rowan/hellaswag; MIT)

Abbreviations and starters (words that begin a sentence after an abbreviation) are written by hand, kept to those that
NLTK's English model, by which IFEval's published scores were counted, treats so: it ends a sentence after e.g., i.e.
and etc., and none before most words that follow p.m. Ordinary words, which are no names after an initial, are counted in the texts: at least three times in lower case, and hardly ever capital inside a sentence. Names that are
words too are left out.
"""

import collections
import json
import pathlib
import re
import sys

ABBREVIATIONS = """
mr mrs ms dr prof sen rep reps gen adm col lt maj sr jr messrs ph.d st ft ave vs inc corp co cos ltd bros cie
u.s u.k u.n u.s.a u.s.s.r u.s a.m p.m d.c l.a n.y n.j n.c s.c n.h n.d n.v r.i w.va b.v s.a s.p.a
jan feb aug sept sep oct nov dec tues wed fri
ala ariz calif colo conn fla ga ill kan ky mich minn nev okla ore pa tenn va vt wash wis
a.c a.d c.v c d e g h k l m n p r s t v w
"""
STARTERS = """
the he it they i this these there here in if when while which since although though despite however but so yet thus
therefore instead indeed moreover meanwhile nevertheless nonetheless many most some both her your under unlike please
"""

NAMES = """
baker banks barber bell bird bishop black bloom bond brook brooks brown bush butcher butler carpenter carter chance church
clay coin cook cooper cross day dean drew eve fields fish fisher flowers forest fox frank garden gates glass good grace
grant gray green hall hand harry hart heard hill hills hope hunt hunter joy king kind knight lake lamb lane law little
long love mark marsh mason may miller moon moore new noble north page park parker parks pike pitt pool pope porter potter
powers price prince rain rand ray reed rice rich rider ring rivers rock rose rush ruth sharp shepherd short shoemaker
singer small smart smith snow south sparks speed spring stark stern stone strange street strong summer summers swan sweet
tailor taylor temple turner waits walker wall waters webb weeks wells west wheeler white wild will winter winters wise
wolf wood woods worth young
"""


def texts(paths):
    for path in paths:
        for line in open(path, encoding="utf-8"):
            item = json.loads(line)
            yield from (value for value in item.values() if isinstance(value, str))
            yield from (value for value in item.get("endings", []) if isinstance(value, str))


def ordinary(paths):
    names = set(NAMES.split())
    lower = collections.Counter()
    capital = collections.Counter()
    for text in texts(paths):
        for before, word in re.findall(r"([a-z,;]\s+|)\b([A-Za-z]+)\b(?!['.-])", text):
            if word.islower():
                lower[word] += 1
            elif re.match(r"[a-z,;]\s", before):
                capital[word.lower()] += 1
    return sorted(w for w, n in lower.items() if n >= 3 and len(w) > 1 and w not in names and capital[w] * 20 <= n)


def wrapped(name, words):
    return name + ": " + " ".join(words) + "\n"


target = pathlib.Path(__file__).parents[4] / "main/resources/jsearch/instruction/sentence_words.txt"
target.write_text(
    "# Abbreviations, words that begin sentences, words that are no names; see make_sentence_words.py.\n"
    + wrapped("abbreviations", sorted(set(ABBREVIATIONS.split())))
    + wrapped("starters", sorted(set(STARTERS.split())))
    + wrapped("ordinary", ordinary(sys.argv[1:])),
    encoding="utf-8",
)
