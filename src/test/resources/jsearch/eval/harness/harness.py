"""Writes harness.json: what lm-evaluation-harness makes of the tasks in this directory.

Run here: python harness.py (lm_eval 0.4.13). The model is a rule on token ids and text that the
Java test repeats (ToyModel); its arithmetic is exact in binary, so scores are equal to the last bit.
"""

import importlib.metadata
import json
import pathlib
import random
import re

import lm_eval
import lm_eval.tasks
from lm_eval.api.model import TemplateLM

HERE = pathlib.Path(__file__).parent
BOS, EOS = 1, 2
PIECES = [" a", " the", "the", "er", "in", ": ", " 1", "12", ":n", "  ", "\n\n", "es", " y", "? ", ". "]


def write_data():
    rng = random.Random(5)
    colours = ["red", "deep blue", "the green of the sea", "caf\u00e9 \U0001f600\U0001f600", "it's", "a \"b\""]
    arc, cloze, entails, sums, words = [], [], [], [], []
    for i in range(24):
        text = rng.sample(colours, rng.choice([2, 3, 4]))
        label = ["A", "B", "C", "D"][: len(text)]
        arc.append({"question": f"Which colour has number {i}?", "choices": {"text": text, "label": label},
                    "answerKey": rng.choice(label)})
        endings = [rng.choice(["n", " in the end", "es", "y 12", "er than that", "the"]) + str(k) for k in range(3)]
        context = rng.choice(["", "She saw the", "He ran ", "They came:\n", "It is \u00a0 ", "12", "Answer:"])
        cloze.append({"context": context, "endings": endings, "gold": rng.randrange(3)})
        entails.append({"premise": f"Item {i} is in the box.", "hypothesis": rng.choice(["It Rains", "All Is Well"]),
                        "label": rng.choice(["yes", "no"])})
        a, b = rng.randrange(900), rng.randrange(900)
        sums.append({"question": f"What is {a} + {b}?", "answer": f"We add {a} and {b}.\n#### {a + b:,}"})
        a, b = rng.randrange(60), rng.randrange(60)
        words.append({"question": f"{a} + {b}", "total": a + b})
    letters = []
    for i in range(21):
        a, b = rng.randrange(60), rng.randrange(60)
        choices = [f"{a + b + 1}", f"{a + b}", "No Idea", f"{a + b}."]
        letters.append({"question": f"{a} and {b}", "choices": choices, "target": f"({'ABCD'[i % 4]})"})
    lines_of_letters = "".join(json.dumps(d) + "\n" for d in letters)
    (HERE / "letters.jsonl").write_text(lines_of_letters, encoding="utf-8")

    def lines(name, docs):
        (HERE / name).write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in docs), encoding="utf-8")
    def whole(name, docs):
        (HERE / name).write_text(json.dumps(docs, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    whole("arc.json", arc), lines("cloze.jsonl", cloze), lines("entails.jsonl", entails)
    lines("sums.jsonl", sums), whole("words.json", words)


class ToyModel(TemplateLM):
    backend = "causal"
    eot_token_id = EOS
    prefix_token_id = BOS
    tokenizer_name = "toy"

    def __init__(self):
        super().__init__()
        self.splits = []

    def chat_template(self, chat_template=False):
        return "toy"

    def apply_chat_template(self, chat_history, add_generation_prompt=True):
        turns = "".join(f"<{m['role']}>{m['content']}</>" for m in chat_history)
        return turns + "<assistant>" if add_generation_prompt else turns[: -len("</>")]

    def tok_encode(self, string, add_special_tokens=None, **kwargs):
        """Code points, except that the longest fitting piece is one token."""
        ids, at = ([] if add_special_tokens is False else [BOS]), 0
        while at < len(string):
            fitting = [p for p in PIECES if string.startswith(p, at)]
            piece = max(fitting, key=len) if fitting else string[at]
            ids.append(0x110000 + PIECES.index(piece) if fitting else ord(piece))
            at += len(piece)
        return ids

    def _loglikelihood_tokens(self, requests, **kwargs):
        results = []
        for _, context, continuation in requests:
            self.splits.append([context, continuation])
            total, greedy, previous = 0.0, True, context[-1]
            for i, token in enumerate(continuation):
                cost = (previous * 31 + token * 17 + i * 7) % 97 + 1
                total -= cost / 64
                greedy = greedy and cost < 60
                previous = token
            results.append((total, greedy))
        return results

    def loglikelihood_rolling(self, requests, disable_tqdm=False):
        raise NotImplementedError

    def generate_until(self, requests, disable_tqdm=False):
        return [self.write(*request.args) for request in requests]

    @staticmethod
    def write(prompt, options):
        a, b = [int(n) for n in re.findall("[0-9]+", prompt)[-2:]]
        total = a + b
        text = [
            f" It is {total}.",
            f" {a} and {b} make\n#### {total:,}.\n\nQuestion: what is 1 + 1?",
            f" {total}\n\nmore",
            f"{total}",
            " no idea",
            f" #### {total + 1}",
            f"${total}.00 or {total}",
        ][(a * 7 + b) % 7]
        for stop in options["until"]:
            text = text.split(stop)[0]
        return text


def main():
    write_data()
    manager = lm_eval.tasks.TaskManager(include_path=str(HERE), include_defaults=False)
    golden = {"made_by": "lm_eval " + importlib.metadata.version("lm_eval")}
    for task in ["arc", "cloze", "entails", "sums", "words", "letters"]:
        model = ToyModel()
        output = lm_eval.simple_evaluate(model=model, tasks=[task], task_manager=manager)
        samples = sorted(output["samples"][task], key=lambda s: s["doc_id"])
        golden[task] = {
            "prompts": prompts(samples),
            # Number of context tokens, then the continuation, by item and choice.
            "splits": [[len(context)] + continuation for context, continuation in model.splits],
            "metrics": metrics(output["results"][task], samples),
        }
    golden["chats"] = [
        {"task": task, "multiturn": multiturn, "system": system, "prompts": chats(manager, task, multiturn, system)}
        for task in ["shots", "begun"]
        for multiturn in [False, True]
        for system in [None, "Be brief."]
    ]
    text = json.dumps(golden, ensure_ascii=False)
    (HERE / "harness.json").write_text(text + "\n", encoding="utf-8")


def chats(manager, task, multiturn, system):
    """Context and continuation of each request, after a chat template."""
    output = lm_eval.simple_evaluate(
        model=ToyModel(),
        tasks=[task],
        task_manager=manager,
        limit=5,
        num_fewshot=2,
        system_instruction=system,
        apply_chat_template=True,
        fewshot_as_multiturn=multiturn,
    )
    samples = sorted(output["samples"][task], key=lambda s: s["doc_id"])
    return [[list(arguments) for arguments in s["arguments"]] for s in samples]


def prompts(samples):
    by_item = {s["doc_id"]: s["arguments"][0][0] for s in samples}
    return list(by_item.values())


def metrics(results, samples):
    found = {}
    for key in results:
        name, _, filtered = key.partition(",")
        if filtered and not name.endswith("_stderr"):
            found[key] = {
                "mean": results[key],
                "standard_error": results[f"{name}_stderr,{filtered}"],
                "items": [s[name] for s in samples if s["filter"] == filtered],
            }
    return found


if __name__ == "__main__":
    main()
