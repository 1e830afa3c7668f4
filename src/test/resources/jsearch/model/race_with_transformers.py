"""Times jsearch and transformers (sdpa) side by side on a random Llama of SmolLM-135M's shape; prints medians.

    pip install torch==2.15.0 transformers==5.24.0 && python race_with_transformers.py --jsearch PATH --work DIR

Two loads, each in float32 and bfloat16, of the same token ids in the same padded batches on the same threads:
scoring (the last 20 tokens of rows of 100 to 156; only they reach the head) and greedy decoding (64 tokens after
each of 8 prompts of 20 to 49, key/value cache). A process scores one load to get warm, then an equal one that counts.
Rounds run all of them, one after the other. Memory is the peak resident size of the process.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

VOCABULARY = 49152
SCORED = 20
NEW_TOKENS = 64
BATCH_TOKENS = 1024
TASK = """\
task: {name}
dataset_path: json
dataset_kwargs: {{data_files: {name}.jsonl}}
doc_to_text: "{{{{text}}}}"
doc_to_target: "{{{{target}}}}"
"""
# Two equal choices cost as much as one: jsearch runs what continuations share once.
SCORE = 'output_type: multiple_choice\ndoc_to_choice: "{{[target, target]}}"\ndoc_to_target: 0\n'
GENERATE = "output_type: generate_until\ngeneration_kwargs: {until: [w], max_gen_toks: %d}\n" % NEW_TOKENS


def loads(rows):
    """Of each load a first half to get warm and a second that counts: rows of token ids."""
    draw = random.Random(3)
    score = [[draw.randrange(VOCABULARY) for _ in range(draw.randrange(100, 157))] for _ in range(2 * rows)]
    decode = [[draw.randrange(VOCABULARY) for _ in range(draw.randrange(20, 50))] for _ in range(16)]
    return {"score": (score[:rows], score[rows:]), "decode": (decode[:8], decode[8:])}


def make(work):
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=VOCABULARY, hidden_size=576, intermediate_size=1536, num_hidden_layers=30, num_attention_heads=9,
        num_key_value_heads=3, tie_word_embeddings=True, max_position_embeddings=2048, bos_token_id=None,
        eos_token_id=None, dtype="bfloat16")
    torch.manual_seed(1)
    torch.set_default_dtype(torch.bfloat16)
    LlamaForCausalLM(config).save_pretrained(work / "model")
    words = Tokenizer(models.WordLevel({str(i): i for i in range(VOCABULARY)}, unk_token="0"))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    words.save(str(work / "model/tokenizer.json"))


def write_tasks(work, rows):
    def text(ids):
        return " ".join(map(str, ids))

    for name, (warm, counted) in loads(rows).items():
        cut = SCORED if name == "score" else 0
        items = [{"text": text(row[:len(row) - cut]), "target": text(row[len(row) - cut:]) or "1"}
                 for row in warm + counted]
        (work / f"{name}.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items))
        kind = SCORE if name == "score" else GENERATE
        task = TASK.format(name=name)
        if name == "score":
            task = task.replace('doc_to_target: "{{target}}"\n', "")
        (work / f"{name}.yaml").write_text(task + kind)
        (work / f"{name}-suite.yaml").write_text(
            f"suite: {name}\ntasks: [{{task: {name}.yaml, search: {len(warm)}, confirm: {len(counted)}}}]\n")


def batches(rows):
    rows = sorted(rows, key=len, reverse=True)
    while rows:
        fit = max(1, BATCH_TOKENS // len(rows[0]))
        yield rows[:fit]
        rows = rows[fit:]


def reference(work, load, dtype, threads, rows):
    import torch
    from transformers import AutoModelForCausalLM

    torch.set_num_threads(threads)
    model = AutoModelForCausalLM.from_pretrained(
        work / "model", dtype=getattr(torch, dtype), attn_implementation="sdpa").eval()

    def padded(batch, left):
        length = max(map(len, batch))
        ids, mask = torch.zeros(2, len(batch), length, dtype=torch.long)
        for r, row in enumerate(batch):
            place = slice(length - len(row), length) if left else slice(0, len(row))
            ids[r, place] = torch.tensor(row)
            mask[r, place] = 1
        return ids, mask

    def score(batch):
        ids, mask = padded([row[:-1] for row in batch], False)
        states = model.model(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state
        cells = torch.cat([r * ids.shape[1] + torch.arange(len(row) - SCORED - 1, len(row) - 1)
                           for r, row in enumerate(batch)])
        targets = torch.tensor([token for row in batch for token in row[-SCORED:]])
        logp = model.lm_head(states.flatten(0, 1)[cells]).float().log_softmax(-1)
        return logp.gather(1, targets[:, None]).sum().item(), (logp.argmax(-1) == targets).sum().item()

    def decode(batch):
        ids, mask = padded(batch, True)
        return model.generate(input_ids=ids, attention_mask=mask, do_sample=False, max_new_tokens=NEW_TOKENS,
                              min_new_tokens=NEW_TOKENS, pad_token_id=0)

    with torch.inference_mode():
        for half in loads(rows)[load]:
            begin = time.perf_counter()
            for batch in batches(half):
                score(batch) if load == "score" else decode(batch)
            seconds = time.perf_counter() - begin
    print(json.dumps(seconds))


def run(command, threads):
    """What a command that must succeed prints as JSON, and its peak megabytes."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env={**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": str(threads)})
    out, err = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command} failed:\n{err.decode()}")
    return json.loads(out), usage.ru_maxrss / 1024


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--jsearch", type=Path)
    arguments.add_argument("--work", required=True, type=Path)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--rows", type=int, default=20)
    arguments.add_argument("--threads", type=int, default=os.cpu_count())
    arguments.add_argument("--make", action="store_true")
    arguments.add_argument("--reference", nargs=2)
    given = arguments.parse_args()
    work = given.work.absolute()
    if given.make:
        return make(work)
    if given.reference:
        return reference(work, *given.reference, given.threads, given.rows)
    work.mkdir(parents=True, exist_ok=True)
    own = [sys.executable, __file__, "--work", str(work), "--threads", str(given.threads), "--rows", str(given.rows)]
    if not (work / "model/tokenizer.json").exists():
        subprocess.run([*own, "--make"], check=True)
    write_tasks(work, given.rows)
    tokens = {"score": sum(map(len, loads(given.rows)["score"][1])), "decode": 8 * NEW_TOKENS}
    taken = {}
    for _ in range(given.rounds):
        for load in ("score", "decode"):
            for dtype in ("float32", "bfloat16"):
                found, memory = run([str(given.jsearch), "eval", str(work / "model"), "--eval",
                                     str(work / f"{load}-suite.yaml"), "--device", "cpu", "--dtype", dtype, "--json"],
                                    given.threads)
                taken.setdefault((load, dtype, "jsearch"), []).append((found["timing"]["confirm"]["seconds"], memory))
                taken.setdefault((load, dtype, "transformers"), []).append(
                    run([*own, "--reference", load, dtype], given.threads))
    for (load, dtype, name), runs in taken.items():
        seconds = statistics.median(s for s, _ in runs)
        ratio = statistics.median(s for s, _ in taken[load, dtype, "transformers"]) / seconds
        print(f"{load:6} {dtype:8} {name:12} {seconds:7.2f} s {tokens[load] / seconds:7.0f} tokens/s {ratio:5.2f} x "
              f"{statistics.median(m for _, m in runs):6.0f} MB   ({' '.join(f'{s:.2f}' for s, _ in runs)})")


if __name__ == "__main__":
    main()
