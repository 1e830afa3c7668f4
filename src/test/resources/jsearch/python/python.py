"""Writes python.json: what Python itself makes of these values, lists and patterns.

Run: python python.py (Python 3.11). Results that are null are errors there, or no list of strings.
"""

import ast
import json
import pathlib
import platform
import random
import re

VALUES = [
    "plain", "it's", 'say "so"', "both ' and \"", "back\\slash", "line\nbreak\ttab\rreturn", "caf\u00e9 \U0001f600",
    "\u00a0\u200b\u00ad\x00\x7f\ue000", "", 0, -12, 0.5, 2.0, 1e-3, 0.0001, 1e-5, 1.5e-7, 1e7, 123456789.25, 1e15, 1e16,
    1.25e20, -3e100, 0.1, True, False, None, [1, "a", [None, 2.5]], {"a": True, "b": ["c"]}, [],
]
LISTS = [
    "['a', 'b']", '["it\'s", \'b\']', "['a\\nb', 'c\\\\d', '\\x41\\u00e9\\U0001f600']", "('a', 'b')", "('a',)", "('a')",
    "[]", "['a', 'b',]", " ['a'] \n", "[1, 2]", "['a' 'b']", "['a', ['b']]", "a, b", "", "['a'", "['a']]", "['a\nb']",
    "[ 'a' ,\n 'b' ]",
]
PATTERNS = [
    (r"#### (\-?[0-9\.\,]+)", "so #### 1,234. Then #### -5"),
    (r"(-?[$0-9.,]{2,})|(-?[0-9]+)", "pay $5.00 or 7, no 12"),
    (r"\d+", "12 and \u0663\u0664"),
    (r"\w+", "caf\u00e9 na\u00efve x_1"),
    (r"\s+", "a\u00a0b \u2003c"),
    (r"\d*", "12a3"),
    (r"(?P<sign>[-+])?(?P<digits>\d+)", "+1 2 -3"),
    (r"a.c", "abc a\rc a\nc a\u2028c"),
    (r".*$", "one\ntwo\n"),
    (r"end\Z", "end\nend"),
    (r"(?i)ANSWER: ([a-d])", "Answer: B. answer: c"),
    (r"[[a]", "[a]"),
    (r"[]x]+", "]x]"),
    (r"[^]x]+", "ab]"),
    (r"[a&&b]+", "a&b"),
    (r"\[\[(.*?)\]\]", "[[one]] [[two]]"),
    (r"(?s).*#### ", "work\n#### 7"),
    (r"(?m)^\w", "ab\ncd"),
    (r"(a)|(b)", "abab"),
    (r"\$", "$5$"),
    (r"\.$", "5.\n"),
    (r"(?<=: )\w+(?!x)", "a: bc, d: ex"),
    (r"\w+", "\u0928\u092e\u0938\u094d\u0924\u0947 x\u00b2 \u2167 e\u0301te \u4e2d\u6587"),
    (r"\W+", "a\u0301b, c"),
    (r"\bc\b", "c \u0301c c\u0301 _c cc c."),
    (r"\Bc", "c ac \u00e9c"),
    (r"[\w.]+", "a.b\u00e9 c\u0301"),
    (r"[^\s]+", "a\x1cb\u00a0c"),
    (r"\s", "\x1c\x1f\u2028\u200b"),
    (r"\S+", "a\x1db"),
    (r"(?i)stra\u00dfe|\u00c9", "STRASSE Stra\u00dfe \u00e9"),
]
CASES = [
    "", " ", "A", "a", "aA", "1", "A1", "\u01c5", "A\u01c5", "\u00df", "\u2160", "\u2170", "\u00aa", "\u4e2d", "A\u4e2d!",
    "a\u0130", "\U0001d400", "\U0001d41a",
]
SPLITS = ["", " ", "a b", " a\u00a0b\x1cc\n", "a\u200bb", "\U0001f600 x"]
JSONS = [
    "", " ", "1", "01", "-0.5e+3", "1.", ".5", "+1", "NaN", "-Infinity", "-NaN", "Inf", "true", "True", "null ", "nul",
    '"a"', "'a'", '"a', '"\\u00e9\\n"', '"\\x"', '"a\tb"', '"a\x7fb"', "[]", "[1, 2]", "[1,]", "[,]", "[1 2]", "{}", '{"a": 1}',
    '{"a": 1,}', '{"a": 1, "a": 2}', "{a: 1}", '{"a" : [ {"b" : null} ] } ', '{"a"}', "[1]]", "1 2", "\u00a01", "\ufeff1", "[" * 50 + "]" * 50,
    '"\\ud800"', "[\n\t1\r]", '{"a": 1} x', '{"a": "say \\"so\\""}', "1e5", "1E", "--1", '["a" "b"]', '{1: 2}', "[\x0b1]",
]


def literal(text):
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return None
    ok = isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value)
    return list(value) if ok else None


def is_json(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def matches(pattern, text):
    return [list(m) if isinstance(m, tuple) else [m] for m in re.findall(pattern, text)]


def drawn(seed, sizes):
    generator = random.Random(seed)
    return [{"size": n, "count": k, "drawn": generator.sample(range(n), k)} for n, k in sizes]


SIZES = [(1, 1), (5, 3), (21, 5), (22, 5), (100, 6), (85, 6), (86, 6), (1319, 9), (7473, 25), (70000, 3), (64, 64), (4, 0)]

golden = {
    "made_by": "Python " + platform.python_version(),
    "values": [{"value": v, "repr": repr(v), "str": str(v)} for v in VALUES],
    "samples": [{"seed": seed, "draws": drawn(seed, SIZES)} for seed in [1234, 0, 7]],
    "spaces": [c for c in range(0x110000) if chr(c).isspace()],
    "lists": [{"text": t, "list": literal(t.strip())} for t in LISTS],
    "cases": [{"text": t, "upper": t.isupper(), "lower": t.islower()} for t in CASES],
    "splits": [{"text": t, "words": t.split()} for t in SPLITS],
    "jsons": [{"text": t, "valid": is_json(t)} for t in JSONS],
    "patterns": [
        {"pattern": p, "text": t, "found": matches(p, t), "removed": re.sub(p, "", t)} for p, t in PATTERNS
    ],
}
target = pathlib.Path(__file__).with_name("python.json")
target.write_text(json.dumps(golden) + "\n", encoding="utf-8")
