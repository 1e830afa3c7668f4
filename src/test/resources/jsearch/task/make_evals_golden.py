"""Writes evals.json: what lm-evaluation-harness 0.4.13 asks of the first items of the tasks in evals/.

Run: python make_evals_golden.py   (lm_eval 0.4.13, from a checkout of this project)
Tasks whose data is committed are asked about its first ten items. The others get items of our own in the published
fields; "docs" are these items as the command in the task file leaves them.
"""

import importlib
import importlib.metadata
import json
import pathlib

import datasets
import lm_eval
import yaml
from lm_eval.utils import apply_template

ROOT = pathlib.Path(__file__).parents[5]
TASKS = pathlib.Path(lm_eval.__file__).parent / "tasks"


class Loader(yaml.SafeLoader):
    pass


def function(folder):
    def construct(loader, node):
        module, name = loader.construct_scalar(node).rsplit(".", 1)
        package = ".".join(("lm_eval.tasks", *folder.relative_to(TASKS).parts, module))
        try:
            return getattr(importlib.import_module(package), name)
        except ImportError:
            return None  # needs more than a prompt does, such as SymPy

    return construct


def config(path):
    path = TASKS / path
    Loader.add_constructor("!function", function(path.parent))
    own = yaml.load(path.read_text(encoding="utf-8"), Loader)
    base = own.pop("include", None)
    return {**(config((path.parent / base).relative_to(TASKS)) if base else {}), **own}


def committed(file, field=None):
    text = (ROOT / "evals" / file).read_text(encoding="utf-8")
    return json.loads(text)[field][:10] if field else [json.loads(line) for line in text.splitlines()[:10]]


def value(setting, doc):
    if callable(setting):
        return setting(doc)
    return doc[setting] if isinstance(setting, str) and setting in doc else apply_template(setting, doc)


def choices(settings, doc):
    setting = settings["doc_to_choice"]
    found = setting if isinstance(setting, list) else value(setting, doc)
    return eval(found) if isinstance(found, str) else list(found)  # noqa: S307, the harness's own literals


def target(settings, doc, options):
    found = str(value(settings["doc_to_target"], doc)) if settings["doc_to_target"] != 0 else "0"
    if options is None:
        return found
    return int(found) if found.isdigit() else options.index(found)


def golden(path, raw, docs=None, **changes):
    settings = {**config(path), **changes}
    processed = raw
    if settings.get("process_docs"):
        processed = list(settings["process_docs"](datasets.Dataset.from_list(raw)))
    items = []
    for doc in processed:
        options = choices(settings, doc) if "doc_to_choice" in settings else None
        prompt = settings.get("description", "") + value(settings["doc_to_text"], doc)
        items.append({"prompt": prompt, "choices": options, "target": target(settings, doc, options)})
    return {"docs": docs, "items": items}


def arc(docs):
    labels = "ABCDE"
    return [
        {
            "question": doc["query"].removeprefix("Question: "),
            "choices": {"text": doc["choices"], "label": list(labels[: len(doc["choices"])])},
            "answerKey": labels[doc["gold"]],
        }
        for doc in docs
    ]


ARC = [
    {"question": "What is up?", "choices": {"text": ["the sky", "it's the sea", 'a "thing"'], "label": ["1", "2", "3"]}, "answerKey": "2"},
    {"question": "Which {{one}}?", "choices": {"text": ["a", "b", "c", "d"], "label": ["A", "B", "C", "D"]}, "answerKey": "D"},
]
MMLU = [{"question": " Which bone is longest?\n", "choices": ["femur", "tibia", "it's the \"ulna\"", "rib"], "answer": 0}]
MMLU_PRO = [
    {"question": "How many?", "options": ["one", "two", "three's", "four", "five", "six", "seven", "eight", "nine", "ten"], "answer": "J"},
    {"question": "Which?\nSay.", "options": ["this", "that", 'the "third"'], "answer": "B"},
]
MUSR = [{"narrative": "It was dark.\n\nAnn left.", "question": "Who left?", "choices": "['Ann', \"Bob's cat\"]", "answer_choice": "Ann"}]
GPQA = [{"Question": "Why [1]?", "choice1": "a", "choice2": "b", "choice3": "c", "choice4": "d", "answer": "(C)"}]
MATH = [{"problem": "What is $1+1$?", "solution": "It is $\\boxed{\\frac{4}{2}}$.", "answer": "\\frac{4}{2}", "level": "Level 5"}]
PROMPT = {"doc_to_text": "Problem:\n{{problem}}\n\nSolution:", "doc_to_target": "{{answer}}"}

evals = {
    "gsm8k/gsm8k": golden("gsm8k/gsm8k.yaml", committed("gsm8k/test.jsonl")),
    "hellaswag/hellaswag": golden("hellaswag/hellaswag.yaml", [{**doc, "label": str(doc["label"])} for doc in committed("hellaswag/validation.jsonl")]),
    "arc/arc_easy": golden("arc/arc_easy.yaml", arc(committed("arc/arc_easy.jsonl"))),
    "arc/arc_challenge": golden("arc/arc_challenge.yaml", ARC, ARC),
    "ifeval/ifeval": golden("ifeval/ifeval.yaml", committed("ifeval/prompts.jsonl")),
    "mmlu/mmlu": golden("mmlu/default/mmlu_anatomy.yaml", MMLU, MMLU),
    "mmlu_pro/mmlu_pro": golden("leaderboard/mmlu_pro/mmlu_pro.yaml", MMLU_PRO, MMLU_PRO),
    "gpqa/gpqa_main": golden("leaderboard/gpqa/gpqa_main_zeroshot.yaml", GPQA, GPQA, process_docs=None),
    # Its functions need SymPy; the prompt is what they write.
    "math/math_algebra_hard": golden("leaderboard/math/math_algebra.yaml", MATH, MATH, process_docs=None, **PROMPT),
}
for kind in ("murder_mysteries", "object_placements", "team_allocation"):
    docs = [{**doc, "choices": eval(doc["choices"])} for doc in MUSR]  # noqa: S307
    evals["musr/musr_" + kind] = golden(f"leaderboard/musr/musr_{kind}.yaml", MUSR, docs)
for name in ("boolean_expressions", "date_understanding", "multistep_arithmetic_two", "navigate", "word_sorting"):
    evals["bbh/" + name] = golden(f"bbh/zeroshot/{name}.yaml", committed(f"bbh/{name}.json", "examples"))
for name in ("boolean_expressions", "date_understanding", "navigate"):
    evals["leaderboard/bbh_" + name] = golden(f"leaderboard/bbh_mc/{name}.yaml", committed(f"bbh/{name}.json", "examples"))

target_file = pathlib.Path(__file__).with_name("evals.json")
made_by = "lm_eval " + importlib.metadata.version("lm_eval")
target_file.write_text(json.dumps({"made_by": made_by, "evals": evals}, indent=1) + "\n", encoding="utf-8")
