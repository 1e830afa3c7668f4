"""Races `jsearch eval` against lm-evaluation-harness, and compares what they found item by item.

Run here, by hand: python race_with_harness.py CHECKPOINT TASK.yaml... [--rounds N] [--batch N] [--most-tokens N]
(lm_eval 0.4.13; build jsearch first). Whole processes, from start to exit, in float32 on the CPU, by
turns; the median of the rounds is printed. No test needs this.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
JSEARCH = HERE.parents[5] / "jsearch"


def prepared(task, folder, most_tokens):
    """A copy of a task file: data files by absolute names, which the harness wants, and shorter answers."""
    def name(found):
        file = task.parent / found[2]
        return f"{found[1]}{file}" if file.is_file() else found[0]
    copy = folder / task.name
    text = re.sub(r"(?m)^(\s+\w+: )(\S+)$", name, task.read_text())
    if most_tokens:
        text = text.replace("generation_kwargs:\n", f"generation_kwargs:\n  max_gen_toks: {most_tokens}\n")
    copy.write_text(text)
    return copy


def timed(command, log):
    start = time.perf_counter()
    with open(log, "w") as out:
        subprocess.run([str(word) for word in command], check=True, stdout=out, stderr=subprocess.STDOUT)
    return time.perf_counter() - start


def harness(checkpoint, task, name, folder, batch):
    seconds = timed(
        [sys.executable, "-m", "lm_eval", "run", "--model", "hf",
         "--model_args", f"pretrained={checkpoint},dtype=float32", "--tasks", name,
         "--include_path", task.parent, "--device", "cpu", "--batch_size", batch,
         "--output_path", folder / "harness", "--log_samples"],
        folder / "harness.log",
    )
    samples = sorted((folder / "harness").rglob(f"samples_{name}_*.jsonl"))[-1]
    results = sorted((folder / "harness").rglob("results_*.json"))[-1]
    rows = [json.loads(line) for line in samples.read_text().splitlines()]
    return seconds, rows, json.loads(results.read_text())["results"][name]


def ours(checkpoint, task, folder):
    samples = folder / "jsearch.jsonl"
    log = folder / "jsearch.log"
    seconds = timed(
        [JSEARCH, "eval", checkpoint, "--eval", task, "--device", "cpu", "--samples", samples, "--json"], log)
    rows = [json.loads(line) for line in samples.read_text().splitlines()]
    return seconds, rows, next(iter(json.loads(log.read_text())["results"].values()))


def differences(theirs, mine):
    """The largest difference of a log-likelihood, and the number of texts that differ."""
    first = {}
    for row in theirs:
        first.setdefault(row["doc_id"], row)
    largest, texts = 0.0, 0
    for row in mine:
        found = [r[0] for r in first[row["doc_id"]]["resps"]]
        if "text" in row:
            texts += found[0] != row["text"]
            continue
        expected = [float(r[0]) if isinstance(r, list) else float(r) for r in found]
        values = row["log_likelihoods"] + row.get("unprompted", [])
        largest = max([largest] + [abs(a - b) for a, b in zip(expected, values, strict=True)])
    return largest, texts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint")
    parser.add_argument("tasks", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batch", default="16")
    parser.add_argument("--most-tokens", type=int, help="of an answer, for a model with a short context")
    options = parser.parse_args()
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    for task in [pathlib.Path(task).resolve() for task in options.tasks]:
        name = next(line.split()[1] for line in task.read_text().splitlines() if line.startswith("task:"))
        seconds = {"harness": [], "jsearch": []}
        for _ in range(options.rounds):
            with tempfile.TemporaryDirectory() as temporary:
                folder = pathlib.Path(temporary)
                tasks = folder / "tasks"
                tasks.mkdir()
                copy = prepared(task, tasks, options.most_tokens)
                took, theirs, expected = harness(options.checkpoint, copy, name, folder, options.batch)
                seconds["harness"].append(took)
                took, mine, found = ours(options.checkpoint, copy, folder)
                seconds["jsearch"].append(took)
        keys = [key for key in expected if "," in key and "_stderr" not in key]
        relative = max(abs(expected[key] - found[key]) / max(abs(expected[key]), 1e-9) for key in keys)
        largest, texts = differences(theirs, mine)
        h, j = (statistics.median(seconds[side]) for side in ["harness", "jsearch"])
        print(f"{name}: {len(mine)} items, harness {h:.1f} s, jsearch {j:.1f} s, {h / j:.1f} times as fast; "
              f"largest difference {largest:.2g} nats, {texts} texts differ, {len(keys)} metrics differ by at most "
              f"{relative:.2g} of their values", flush=True)


if __name__ == "__main__":
    main()
