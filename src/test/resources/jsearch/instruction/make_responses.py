"""Writes responses.jsonl: prompts of IFEval (Apache-2.0), one model's responses, the reference checker's verdicts.

Run: python make_responses.py input_data.jsonl MODEL.strict.jsonl MODEL.loose.jsonl
Every 17th item whose response is short; those with a rule that the reference decides by chance are left out.
"""

import json
import pathlib
import sys

CHANCE = ("change_case:english_capital", "change_case:english_lowercase")


def read(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


rows = []
for item, strict, loose in zip(*map(read, sys.argv[1:])):
    if item["prompt"] == strict["prompt"] and len(strict["response"]) < 1500:
        if not set(CHANCE) & set(item["instruction_id_list"]):
            verdicts = {"strict": strict["follow_instruction_list"], "loose": loose["follow_instruction_list"]}
            rows.append({**item, "response": strict["response"], **verdicts})
target = pathlib.Path(__file__).with_name("responses.jsonl")
target.write_text("".join(json.dumps(row) + "\n" for row in rows[::17]), encoding="utf-8")
