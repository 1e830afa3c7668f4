"""Makes recipes/parents/ and recipes/merged/: tiny parents of five families, and mergekit's merges of them.

    pip install mergekit==0.1.4 "transformers<5" && python make_recipe_goldens.py [NAME ...]

Merges by every recipe in recipes/, or by those named. recipes/merged/NAME/ holds what mergekit-yaml wrote
of config and weights, and of the tokenizer where the recipe speaks of it. A donor is its base plus noise of six sizes, so that some tensors lie above mergekit's linear threshold and
others far below it. Ids that mergekit gives to the new tokens of a union differ from run to run.
"""

import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

if os.environ.get("PYTHONHASHSEED") != "0":
    # Without base_model mergekit takes the config of the first model in a set's order.
    os.environ |= {"PYTHONHASHSEED": "0", "HF_HUB_OFFLINE": "1"}
    os.execv(sys.executable, [sys.executable, *sys.argv])

import torch
from mergekit.scripts.run_yaml import main as mergekit_yaml
from tokenizers import AddedToken, Tokenizer, models
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast
from transformers import Gemma2Config, LlamaConfig, MistralConfig, Phi3Config, Qwen2Config

here = Path(__file__).resolve().parent
CONFIGS = {
    "llama": LlamaConfig, "qwen2": Qwen2Config, "gemma2": Gemma2Config, "phi3": Phi3Config,
    "mistral": MistralConfig}
NOISE = (0.05, 0.0, 0.003, 0.02, 0.1, 0.3)
KEPT = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja")
F16, BF16, F32 = torch.float16, torch.bfloat16, torch.float32


def normal(shape, seed, tensor):
    return torch.randn(shape, generator=torch.Generator().manual_seed(1000 * seed + tensor))


@dataclass(frozen=True)
class Parents:
    """Where all parents are made, and how large: widths (hidden: a multiple of 6), tokens."""

    directory: Path
    hidden: int = 12
    intermediate: int = 20
    words: int = 19


def save(parents, name, family, dtype, noise_seed=0, tied=False, layers=4, vocabulary=None, zero=None):
    """A checkpoint; those of one family are equal but for noise, format, layers and vocabulary."""
    extra = {"gemma2": {"head_dim": parents.hidden // 3}, "phi3": {"pad_token_id": 0}}.get(family, {})
    config = CONFIGS[family](
        vocab_size=vocabulary or parents.words, hidden_size=parents.hidden,
        intermediate_size=parents.intermediate, num_hidden_layers=layers, num_attention_heads=3,
        num_key_value_heads=1, max_position_embeddings=64, tie_word_embeddings=tied,
        bos_token_id=1, eos_token_id=2, **extra)
    model = AutoModelForCausalLM.from_config(config)
    with torch.no_grad():
        for i, (tensor, p) in enumerate(model.named_parameters()):
            noise = NOISE[i % len(NOISE)] if noise_seed else 0
            # Gemma adds the 1 itself.
            one = 1 if "norm" in tensor and family != "gemma2" else 0
            p.copy_(0.1 * normal(p.shape, 5, i) + noise * normal(p.shape, noise_seed, i) + one)
            if tensor == zero:
                p.zero_()
    directory = parents.directory / name
    model.to(dtype).save_pretrained(directory)
    (directory / "generation_config.json").unlink(missing_ok=True)
    return directory


def words(directory, number, **settings):
    tokenizer = Tokenizer(models.WordLevel({f"w{i}": i for i in range(number)}, unk_token="w0"))
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **settings)
    fast.save_pretrained(directory)


def pairs(directory, letters, merges, added, **settings):
    """A tokenizer of letters and merges of two tokens; added tokens follow."""
    vocabulary = {token: i for i, token in enumerate([*letters, *("".join(m) for m in merges)])}
    tokenizer = Tokenizer(models.BPE(vocabulary, merges))
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **settings)
    fast.add_tokens(added)
    fast.save_pretrained(directory)


def special(text, **flags):
    return AddedToken(text, special=True, normalized=False, **flags)


TEMPLATE = "{% for m in messages %}[{{ m['role'] }}] {{ m['content'] }}{% endfor %}"


def small_vocabulary(directory):
    """13 tokens."""
    pairs(
        directory, "abcdefgh", [("a", "b"), ("c", "d"), ("ab", "cd")], [special("<end>"), special("<pad>")],
        eos_token="<end>", pad_token="<pad>")


def large_vocabulary(directory):
    """18 tokens: some shared at other ids, some new, <end> with other flags, cd added rather than merged."""
    pairs(
        directory, "hgfedcbai", [("a", "b"), ("e", "f"), ("ef", "ab")],
        [special("<im_start>"), special("<end>", rstrip=True), special("<im_end>"), AddedToken("<think>"),
         "cd", AddedToken("zz", single_word=True)],
        eos_token="<im_end>", chat_template=TEMPLATE)


def third_vocabulary(directory):
    """13 tokens: i and <im_start> also in the donor's, x in no other."""
    pairs(
        directory, "xabcdefgi", [("a", "b"), ("x", "i")], [special("<end>"), special("<im_start>")],
        eos_token="<end>")


def make_parents(parents):
    shutil.rmtree(parents.directory, ignore_errors=True)
    for name, family, dtype, tied in (
            ("llama-f32", "llama", F32, False), ("llama-bf16", "llama", BF16, False),
            ("llama-f16-tied", "llama", F16, True), ("qwen2-bf16", "qwen2", BF16, False),
            ("gemma2-bf16-tied", "gemma2", BF16, True), ("phi3-bf16", "phi3", BF16, False),
            ("mistral-f16", "mistral", F16, False)):
        for parent, seed in (("base", 0), ("donor", 7)):
            directory = save(parents, f"{name}/{parent}", family, dtype, seed, tied)
            if name == "llama-bf16":
                chat = {"chat_template": TEMPLATE} if parent == "donor" else {}
                words(directory, parents.words, **chat)
    save(parents, "llama-bf16/third", "llama", BF16, 11)
    save(parents, "llama-bf16-tied/base", "llama", BF16, tied=True)
    # A bias that training never moved from zero.
    for parent, seed, zero in (("base", 0, "model.layers.1.self_attn.k_proj.bias"), ("donor", 7, None)):
        save(parents, f"qwen2-f16-zero/{parent}", "qwen2", F16, seed, layers=2, zero=zero)
    # Three vocabularies; the base's embedding has three rows more than its tokenizer has tokens.
    for name, tied in (("vocabularies-bf16", False), ("vocabularies-f16-tied", True)):
        dtype = F16 if tied else BF16
        small_vocabulary(save(parents, f"{name}/base", "llama", dtype, 0, tied, 2, 16))
        large_vocabulary(save(parents, f"{name}/donor", "llama", dtype, 7, tied, 2, 18))
    third_vocabulary(save(parents, "vocabularies-bf16/third", "llama", BF16, 11, False, 2, 13))


def mergekit(recipe, out):
    """Runs mergekit; the recipe names its parents from the working directory."""
    tokens = any(word in recipe.read_text() for word in ("tokenizer_source", "chat_template", "vocabularies"))
    mergekit_yaml.main(
        [str(recipe), str(out), "--no-write-model-card", "--clone-tensors", "--quiet",
         "--copy-tokenizer" if tokens else "--no-copy-tokenizer"],
        standalone_mode=False)


def keep(recipe, out):
    """Merges and keeps what jsearch is compared with."""
    with tempfile.TemporaryDirectory() as whole:
        mergekit(recipe, whole)
        out.mkdir(parents=True, exist_ok=True)
        for file in KEPT:
            if (Path(whole) / file).exists():
                shutil.copy(Path(whole) / file, out / file)


def recipes():
    return sorted((here / "recipes").glob("*.yaml"))


def main():
    home = here / "recipes"
    os.chdir(home)
    wanted = sys.argv[1:]
    if not wanted:
        make_parents(Parents(home / "parents"))
        shutil.rmtree(home / "merged", ignore_errors=True)
    for recipe in recipes():
        if not wanted or recipe.stem in wanted:
            print(recipe.stem, flush=True)
            keep(recipe, home / "merged" / recipe.stem)
    (home / "made_by.json").write_text(json.dumps(
        {p: version(p) for p in ("mergekit", "torch", "transformers", "tokenizers", "numpy")}, indent=2) + "\n")


if __name__ == "__main__":
    main()
