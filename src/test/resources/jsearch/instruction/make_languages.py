"""Writes languages.jsonl and kanji.txt: the data of language-detection, as langdetect 1.0.9 has it.

Run: python make_languages.py (pip install langdetect==1.0.9)
A line of languages.jsonl is a profile as published; a line of kanji.txt is a group of characters.
"""

import importlib.metadata
import pathlib

import langdetect
from langdetect.utils.ngram import NGram

assert importlib.metadata.version("langdetect") == "1.0.9"
target = pathlib.Path(__file__).parents[4] / "main/resources/jsearch/instruction"
profiles = pathlib.Path(langdetect.__file__).parent / "profiles"
lines = [path.read_text(encoding="utf-8").strip() for path in sorted(profiles.iterdir())]
(target / "languages.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
(target / "kanji.txt").write_text("\n".join(NGram.CJK_CLASS) + "\n", encoding="utf-8")
