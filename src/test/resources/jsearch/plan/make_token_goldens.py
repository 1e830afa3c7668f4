"""Makes tokens/: pairs of tiny tokenizers, and what mergekit makes of their tokens and rows.

    pip install mergekit==0.1.4 "transformers<5" && python make_token_goldens.py

Row r of a parent's embedding is full of r (base) or 100 + r (donor), of its head 1000 more; and the
parents are merged with the weights 1, 0 and 0, 1, so that the merges say which row each row came from.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, processors
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

here = Path(__file__).parent / "tokens"


def ids(tokens):
    return {token: i for i, token in enumerate(tokens)}


def words(tokens):
    return Tokenizer(models.WordLevel(ids(tokens), unk_token="<unk>"))


def bpe(tokens, merges):
    tokenizer = Tokenizer(models.BPE(ids(tokens), merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 0)])
    return tokenizer


def unigram(pairs):
    return Tokenizer(models.Unigram(pairs, 0, False))


def special(content, **flags):
    return AddedToken(content, special=True, normalized=False, **flags)


# name: sources asked for, (model, added tokens, rows) of base and donor. Covered: ids that moved, tokens
# of one parent only, padding rows, a token without a row (<over>), added tokens that are model tokens in
# one or both, and flags that differ.
PAIRS = {
    "words": (["union", "base"], (
        words(["<unk>", "<s>", "</s>", "a", "b", "[INST]", "c"]),
        [special("<s>"), special("</s>"), special("<pad>", lstrip=True)], 10), (
        words(["<unk>", "<s>", "</s>", "b", "a", "d", "[INST]"]),
        [special("<s>", rstrip=True), special("[INST]", rstrip=True), special("<|im_start|>"),
         AddedToken("<|x|>", single_word=True), special("<over>")], 9)),
    "bpe": (["union", "base", "donor"], (
        bpe(["<s>", "é", "x", "y", "Ġ", "xy", "Ġx"], [("x", "y"), ("Ġ", "x")]), [special("<s>")], 7), (
        bpe(["<s>", "x", "y", "Ġ", "é", "Ġx", "\"\\"], [("Ġ", "x")]),
        [special("<s>"), special("<|im_end|>"), special("日本")], 12)),
    "unigram": (["union", "donor"], (
        unigram([("<unk>", 0.0), ("▁a", -1.25), ("▁b", -2.7182818284590455), ("c", -1e-07)]),
        [special("<unk>")], 4), (
        unigram([("<unk>", 0.0), ("▁b", -1.5), ("▁a", -10.25)]),
        [special("<unk>"), special("<eos>")], 6)),
}


def parent(directory, tokenizer, added, rows, first):
    for token in added:
        tokenizer.add_tokens([token])
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer)
    fast.save_pretrained(directory)
    (directory / "special_tokens_map.json").unlink(missing_ok=True)
    config = LlamaConfig(
        vocab_size=rows, hidden_size=8, intermediate_size=12, num_hidden_layers=1, num_attention_heads=2,
        num_key_value_heads=1, max_position_embeddings=32, bos_token_id=0, eos_token_id=1)
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        numbers = torch.arange(rows, dtype=torch.float32)[:, None].expand(rows, 8)
        model.model.embed_tokens.weight.copy_(numbers + first)
        model.lm_head.weight.copy_(numbers + first + 1000)
    return model


def merged(work, source, weights):
    recipe = {
        "merge_method": "linear", "base_model": "./base", "dtype": "float32",
        "models": [{"model": f"./{p}", "parameters": {"weight": w}} for p, w in zip(("base", "donor"), weights)],
        "tokenizer_source": source if source in ("union", "base") else f"./{source}"}
    (work / "recipe.yaml").write_text(json.dumps(recipe))
    out = work / "out"
    shutil.rmtree(out, ignore_errors=True)
    subprocess.run(
        [str(Path(sys.executable).parent / "mergekit-yaml"), "recipe.yaml", "out"], cwd=work, check=True,
        capture_output=True)
    tensors = load_file(out / "model.safetensors")
    return out, [[int(v) for v in tensors[n][:, 0]] for n in ("model.embed_tokens.weight", "lm_head.weight")]


for name, (sources, *parents) in PAIRS.items():
    golden = {"made_by": {p: version(p) for p in ("mergekit", "transformers", "tokenizers", "torch")}}
    golden["rows"] = {which: rows for which, (_, _, rows) in zip(("base", "donor"), parents)}
    golden["sources"] = {}
    with tempfile.TemporaryDirectory() as directory:
        work = Path(directory)
        for which, first, (tokenizer, added, rows) in zip(("base", "donor"), (0, 100), parents):
            model = parent(here / name / which, tokenizer, added, rows, first)
            shutil.copytree(here / name / which, work / which)
            model.save_pretrained(work / which)
        for source in sources:
            out, base_rows = merged(work, source, (1, 0))
            _, donor_rows = merged(work, source, (0, 1))
            vocabulary = PreTrainedTokenizerFast.from_pretrained(out).get_vocab()
            golden["sources"][source] = {
                "vocab_size": json.loads((out / "config.json").read_text())["vocab_size"],
                "ids": dict(sorted(vocabulary.items(), key=lambda entry: entry[1])),
                "base": {"embedding": base_rows[0], "head": base_rows[1]},
                "donor": {"embedding": donor_rows[0], "head": donor_rows[1]},
                "tokenizer": json.loads((out / "tokenizer.json").read_text()),
                "added_tokens_decoder":
                    json.loads((out / "tokenizer_config.json").read_text())["added_tokens_decoder"]}
    (here / name / "golden.json").write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n")
