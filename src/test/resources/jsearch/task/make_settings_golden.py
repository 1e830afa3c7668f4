"""Writes settings.json: what lm-evaluation-harness makes of constant targets and of every way to name splits.

Run here: HF_DATASETS_OFFLINE=1 python make_settings_golden.py   (lm_eval 0.4.13, datasets 5.2.0)
A case has the keys of a task and either what the harness asks of its items or the error that it ends with. It is
answerable where each item has an answer that is right, or a text to score.
"""

import importlib.metadata
import json
import logging
import os
import pathlib
import tempfile

import datasets
import yaml
from lm_eval.api.task import ConfigurableTask

HERE = pathlib.Path(__file__).parent
ITEMS = [
    {"q": "Up?", "options": ["yes", "no"], "gold": 1, "answer": "no", "digit": "1"},
    {"q": "Down?", "options": ["no", "maybe"], "gold": 0, "answer": "no", "digit": "0"},
]
SHOT = {"q": "Left?", "options": ["yes", "no"], "gold": 0, "answer": "yes", "digit": "0"}
TEXTS = ["-1", "0", "1", "2", "7", "01", "True", "yes", "no", "maybe", "word", "two words", "", "[no]", "[0, 1]"]
TARGETS = """
- 0
- 1
- 2
- -1
- true
- 1.5
- "1"
- "01"
- "7"
- gold
- answer
- digit
- "no"
- word
- two words
- "{{gold}}"
- "{{answer}}"
- ""
- [0, 1]
- [1]
- []
- ["no", "yes"]
- "[0, 1]"
- "['no', 'yes']"
- "[no]"
- {a: 1}
- null
"""
FILES = """
- a.jsonl
- [a.jsonl, b.jsonl]
- {test: a.jsonl}
- {test: [b.jsonl, a.jsonl]}
- {train: a.jsonl, test: b.jsonl}
- [{split: test, path: b.jsonl}, {split: train, path: [a.jsonl, test.jsonl]}]
- [{split: test, path: b.jsonl}, {split: test, path: a.jsonl}]
- [{split: test, path: b.jsonl}, a.jsonl]
- test.jsonl
- "*.jsonl"
- {test: "?.jsonl"}
- {test: ["[bt]*.jsonl", a.jsonl]}
- {test: "x*.jsonl"}
- {test: []}
- []
- {}
- {validation: a.jsonl, train: b.jsonl}
"""
SPLITS = """
- {test_split: test}
- {test_split: train}
- {validation_split: validation}
- {test_split: test, validation_split: validation}
- {training_split: train}
"""


def lines(name, docs):
    pathlib.Path(name).write_text("".join(json.dumps(doc) + "\n" for doc in docs), encoding="utf-8")


def asked(keys, cache):
    """What is asked of each item, and which choices or texts are right."""
    config = {"task": "t", "dataset_path": "json", **keys}
    config["dataset_kwargs"] = {**config["dataset_kwargs"], "cache_dir": cache}
    task = ConfigurableTask(config=config)
    docs = list(task.eval_docs)
    task.set_fewshot_seed(1234)
    shots = keys.get("num_fewshot", 0)
    items = []
    for doc in docs:
        context = task.fewshot_context(doc, shots)
        requests = task.construct_requests(doc, context)
        requests = requests if isinstance(requests, list) else [requests]
        arguments = [[a for a in request.args if isinstance(a, (str, int))] for request in requests]
        texts = {"loglikelihood_rolling": 1, "generate_until": 1}.get(task.OUTPUT_TYPE, 2)
        items.append({"arguments": arguments, "texts": texts, "right": right(task, doc, len(requests))})
    return items


def right(task, doc, choices):
    if task.OUTPUT_TYPE == "multiple_choice":
        scored = [[(0.0 if i == k else -1.0, False) for i in range(choices)] for k in range(choices)]
        return [k for k in range(choices) if task.process_results(doc, scored[k])["acc"] == 1]
    if task.OUTPUT_TYPE == "generate_until":
        return [text for text in TEXTS if task.process_results(doc, [text])["exact_match"] == 1]
    return None


def answerable(item):
    if item["right"] is None:
        text = item["arguments"][0][-1]
        return len(item["arguments"][0]) == item["texts"] and isinstance(text, str) and text != ""
    return any(answer != "" for answer in item["right"])


def golden(keys, cache):
    try:
        items = asked(json.loads(json.dumps(keys)), cache)
        return {"keys": keys, "answerable": all(map(answerable, items)), "items": items}
    except Exception as e:  # noqa: BLE001, whatever the harness ends with
        return {"keys": keys, "error": f"{type(e).__name__}: {e}"}


def targets(cache):
    for target in yaml.safe_load(TARGETS):
        for kind, choices in [
            ("multiple_choice", "options"),
            ("multiple_choice", None),
            ("generate_until", "options"),
            ("generate_until", None),
            ("loglikelihood", None),
            ("loglikelihood_rolling", None),
        ]:
            for shots in [0, 1] if kind in ("generate_until", "multiple_choice") and choices else [0]:
                keys = {"output_type": kind, "doc_to_text": "q", "doc_to_target": target, "test_split": "test"}
                keys["dataset_kwargs"] = {"data_files": {"test": "items.jsonl"}}
                if choices:
                    keys["doc_to_choice"] = choices
                if shots:
                    keys |= {"num_fewshot": 1, "fewshot_config": {"sampler": "first_n", "samples": [SHOT]}}
                yield golden(keys, cache)


def splits(cache):
    for files in yaml.safe_load(FILES):
        for names in yaml.safe_load(SPLITS):
            keys = {"output_type": "loglikelihood", "doc_to_text": "q", "doc_to_target": "q"}
            yield golden({**keys, "dataset_kwargs": {"data_files": files}, **names}, cache)


def main():
    logging.disable(logging.ERROR)
    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        lines("items.jsonl", ITEMS)
        cases = {"targets": list(targets(folder + "/cache"))}
        os.remove("items.jsonl")
        for name in ["a", "b", "test"]:
            lines(name + ".jsonl", [{"q": name}])
        cases["splits"] = list(splits(folder + "/cache"))
        os.chdir(HERE)
    found = {"made_by": {name: importlib.metadata.version(name) for name in ["lm_eval", "datasets"]}}
    files = {"items": ITEMS, "texts": TEXTS, "files": ["a", "b", "test"]}
    text = json.dumps({**found, **files, **cases}, ensure_ascii=False)
    (HERE / "settings.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
