"""Writes golden.json: what lm-evaluation-harness makes of the tasks here with two real checkpoints.

Run here: python real.py (lm_eval 0.4.13, transformers 5.24.0, torch 2.15.0, datasets 5.2.0, on the
CPU in float32). The checkpoints are the bundled calculator, and the tiny Llama of
src/test/resources/jsearch/model with a tokenizer of one token a character (tokenizer.json here).

The data are small parts of GSM8K, HellaSwag and BIG-Bench Hard (all MIT); `python real.py EVALS`
cuts them anew from a folder with gsm8k/test.jsonl, hellaswag/*.jsonl and bbh/*.json.
"""

import importlib.metadata
import json
import os
import pathlib
import shutil
import sys
import tempfile

os.environ["DISABLE_MULTIPROC"] = "1"
import lm_eval
import lm_eval.tasks
import pyarrow
import pyarrow.parquet
import tokenizers

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parents[6]
CALCULATOR = REPOSITORY / "src/demo/calculator"
LLAMA = REPOSITORY / "src/test/resources/jsearch/model/llama_golden"
LETTERS = " abcdefghijklmnopqrstuvwxyzTFQADWSIYN0123456789.,?!-()':=+*#$\n/"

# Tasks whose prompts fit into the tiny Llama's 128 tokens too.
SHORT = ["booleans", "booleans_csv", "pieces", "sorting", "last_word", "documents"]
LONG = ["endings", "either", "endings_parquet", "math", "several_golds", "several_answers"]


def lines(name, docs):
    text = "".join(json.dumps(doc, ensure_ascii=False) + "\n" for doc in docs)
    (HERE / name).write_text(text, encoding="utf-8")


def cut_data(evals):
    hellaswag = [json.loads(line) for line in next(evals.glob("hellaswag/*.jsonl")).open()]
    hellaswag.sort(key=lambda doc: len(doc["ctx"]) + max(map(len, doc["endings"])))
    keys = ["ctx", "endings", "label"]
    lines("endings.jsonl", [{key: doc[key] for key in keys} for doc in hellaswag[:14]])
    table = [
        {
            "question": doc["ctx"],
            "choices": {"text": doc["endings"], "label": ["A", "B", "C", "D"]},
            "answerKey": "ABCD"[doc["label"]],
        }
        for doc in hellaswag[14:26]
    ]
    table = pyarrow.Table.from_pylist(table)
    pyarrow.parquet.write_table(table, HERE / "endings.parquet", compression="zstd")
    several = [
        {"ctx": doc["ctx"], "endings": doc["endings"], "golds": [doc["label"], (doc["label"] + 2) % 4]}
        for doc in hellaswag[26:34]
    ]
    lines("several_golds.jsonl", several)
    pieces = [doc for doc in hellaswag[:60] if len(doc["ctx"]) < 40]
    words = [(doc["ctx"] + " " + doc["endings"][doc["label"]]).split(" ") for doc in pieces]
    texts = [
        {"start": " ".join(w[:4]), "next": w[4], "middle": " ".join(w[2:6]), "last": " " + w[6]} for w in words
    ]
    lines("pieces.jsonl", texts[:10]), lines("pieces_a.jsonl", texts[10:13]), lines("pieces_b.jsonl", texts[13:15])
    pieces = pieces[:10]
    either = [
        {
            "context_options": [doc["ctx"], doc["ctx"] + " " + doc["endings"][0].split()[0]],
            "continuation": doc["endings"][doc["label"]][:20].strip(),
            "gold": i % 2,
        }
        for i, doc in enumerate(pieces)
    ]
    lines("either.jsonl", either)
    gsm8k = [json.loads(line) for line in (evals / "gsm8k/test.jsonl").open()]
    for doc in gsm8k:
        doc["final"] = doc["answer"].split("\n")[-1]
    gsm8k.sort(key=lambda doc: len(doc["question"]) + len(doc["answer"]))
    lines("math_train.jsonl", gsm8k[:9])
    lines("math_test.jsonl", gsm8k[9:17])
    documents = [{"page": f"{doc['question']}\n\n{doc['answer']}\n"} for doc in gsm8k[17:22]]
    documents.append({"page": "Two  words"})
    documents.append({"page": "".join(doc["page"] for doc in documents)})
    lines("documents.jsonl", documents)
    booleans = json.load((evals / "bbh/boolean_expressions.json").open())["examples"]
    booleans.sort(key=lambda doc: len(doc["input"]))
    lines("booleans.jsonl", booleans[:16])
    rows = [f'"{doc["input"]}",{["False", "True"].index(doc["target"])},{i}' for i, doc in enumerate(booleans[16:28])]
    (HERE / "booleans.csv").write_text("input,label,number\n" + "\n".join(rows) + "\n")
    sorting = json.load((evals / "bbh/word_sorting.json").open())["examples"]
    sorting.sort(key=lambda doc: len(doc["input"]))
    short = [doc | {"input": doc["input"].split("List: ")[1]} for doc in sorting[:8]]
    (HERE / "sorting.json").write_text(json.dumps({"canary": "none", "examples": short}, indent=1) + "\n")
    steps = json.load((evals / "bbh/multistep_arithmetic_two.json").open())["examples"][:8]
    lines("several_answers.jsonl", [doc | {"answers": [doc["target"], doc["target"] + ".", "1"]} for doc in steps])


def write_tokenizer():
    vocabulary = {"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3}
    for letter in LETTERS[:63]:
        vocabulary[letter] = len(vocabulary)
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE(vocab=vocabulary, merges=[], unk_token="<unk>"))
    tokenizer.add_special_tokens(["<pad>", "<s>", "</s>", "<unk>"])
    tokenizer.decoder = tokenizers.decoders.Fuse()
    tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)]
    )
    tokenizer.save(str(HERE / "tokenizer.json"))


def evaluate(checkpoint, names):
    manager = lm_eval.tasks.TaskManager(include_path=str(HERE), include_defaults=False)
    return lm_eval.simple_evaluate(
        model="hf",
        model_args={"pretrained": str(checkpoint), "dtype": "float32"},
        tasks=names,
        task_manager=manager,
        batch_size=1,
        device="cpu",
        bootstrap_iters=100,
    )


def golden(output):
    tasks = {}
    for name, samples in output["samples"].items():
        first = [s for s in samples if s["filter"] == samples[0]["filter"]]
        first.sort(key=lambda s: s["doc_id"])
        tasks[name] = {
            "n_shot": output["n-shot"][name],
            # By item: what was asked, by request; what came of it.
            "arguments": [[list(a) if isinstance(a[-1], str) else [a[0]] for a in s["arguments"]] for s in first],
            "responses": [[r[0] for r in s["resps"]] for s in first],
            "metrics": metrics(output["results"][name], samples),
        }
    groups = {
        name: {key: value for key, value in output["results"][name].items() if "," in key}
        for name in output.get("groups", {})
    }
    return {"tasks": tasks, "groups": groups}


def metrics(results, samples):
    found = {}
    for key in results:
        name, _, chosen = key.partition(",")
        if chosen and not name.endswith("_stderr"):
            found[key] = {
                "value": float(results[key]),
                "standard_error": results[f"{name}_stderr,{chosen}"],
                "items": [s[name] for s in sorted(samples, key=lambda s: s["doc_id"]) if s["filter"] == chosen],
            }
    return found


def plain(value):
    return value.tolist() if hasattr(value, "tolist") else str(value)


def main():
    if len(sys.argv) > 1:
        cut_data(pathlib.Path(sys.argv[1]))
    write_tokenizer()
    packages = ["lm_eval", "transformers", "torch", "datasets"]
    found = {"made_by": {name: importlib.metadata.version(name) for name in packages}}
    found["calculator"] = golden(evaluate(CALCULATOR, SHORT + LONG))
    found["pair"] = golden(evaluate(CALCULATOR, ["pair"]))
    with tempfile.TemporaryDirectory() as folder:
        llama = pathlib.Path(folder) / "llama"
        shutil.copytree(LLAMA, llama)
        shutil.copy(HERE / "tokenizer.json", llama)
        config = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>",
                  "pad_token": "<pad>", "unk_token": "<unk>", "clean_up_tokenization_spaces": False}
        (llama / "tokenizer_config.json").write_text(json.dumps(config))
        found["llama"] = golden(evaluate(llama, SHORT))
    text = json.dumps(found, ensure_ascii=False, indent=None, default=plain)
    (HERE / "golden.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
