"""Makes parents whose tokenizers differ, for results/README.md (torch 2.15, transformers 5.24).

permute: the same model with its tokens under other ids, and with further special tokens where some are named.
finetune: a fine-tune of a model on the "question" of each of the first 1,000 lines of a JSONL file.
"""
import argparse
import json
import random
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoTokenizer, LlamaForCausalLM

MATRICES = {"model.embed_tokens.weight", "lm_head.weight"}


def permute(source, out, seed, further):
    shutil.copytree(source, out)
    tokenizer = json.loads((out / "tokenizer.json").read_text())
    vocab = tokenizer["model"]["vocab"]  # token to id (BPE), or a list of [token, score] (Unigram)
    ids = vocab if isinstance(vocab, dict) else {token: i for i, (token, _) in enumerate(vocab)}
    added = {token["content"] for token in tokenizer["added_tokens"]}
    movable = sorted(i for token, i in ids.items() if token not in added)
    places = movable[:]
    random.Random(seed).shuffle(places)
    moved = {i: i for i in ids.values()} | dict(zip(movable, places))
    if isinstance(vocab, dict):
        tokenizer["model"]["vocab"] = {token: moved[i] for token, i in vocab.items()}
    else:
        tokenizer["model"]["vocab"] = [entry for _, entry in sorted((moved[i], e) for i, e in enumerate(vocab))]
    tokens = len(ids.keys() | added)
    for i, token in enumerate(further):
        plain = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
        tokenizer["added_tokens"].append({"id": tokens + i, "content": token, "special": True} | plain)
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False))

    weights = load_file(out / "model.safetensors")
    config = json.loads((out / "config.json").read_text())
    for name in MATRICES & weights.keys():
        rows = weights[name].clone()
        rows[list(moved.values())] = weights[name][list(moved)]
        missing = tokens + len(further) - len(rows)
        if further and missing > 0:
            rows = torch.cat([rows, rows.float().mean(0).to(rows.dtype).repeat(missing, 1)])
        weights[name] = rows.contiguous()
        config["vocab_size"] = len(rows)
    save_file(weights, out / "model.safetensors", {"format": "pt"})
    (out / "config.json").write_text(json.dumps(config, indent=1))


def finetune(source, out, questions, steps):
    torch.manual_seed(1)
    model = LlamaForCausalLM.from_pretrained(source, dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(source)
    texts = [json.loads(line)["question"] for line in questions.read_text().splitlines()][:1000]
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    for step in range(steps):
        rows = [[tokenizer.bos_token_id] + tokenizer(text, add_special_tokens=False)["input_ids"][:199]
                for text in random.Random(step).sample(texts, 16)]
        longest = max(map(len, rows))
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
        labels = torch.tensor([row + [-100] * (longest - len(row)) for row in rows])
        model(input_ids=ids, labels=labels).loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    model.save_pretrained(out)
    for file in source.glob("*token*.json"):
        shutil.copy(file, out)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    permuting = commands.add_parser("permute")
    tuning = commands.add_parser("finetune")
    for command in (permuting, tuning):
        command.add_argument("source", type=Path)
        command.add_argument("out", type=Path)
    permuting.add_argument("seed", type=int)
    permuting.add_argument("further", nargs="*")
    tuning.add_argument("questions", type=Path)
    tuning.add_argument("--steps", type=int, default=400)
    args = parser.parse_args()
    if args.command == "permute":
        permute(args.source, args.out, args.seed, args.further)
    else:
        finetune(args.source, args.out, args.questions, args.steps)


if __name__ == "__main__":
    main()
