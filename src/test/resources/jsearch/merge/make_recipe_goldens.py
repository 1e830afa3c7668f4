"""Makes recipes/: tiny Llama parents in several formats, recipes, and mergekit's merges by them.

    pip install mergekit==0.1.4 "transformers<5" && python make_recipe_goldens.py

Each recipe is NAME.yaml; merged/NAME/ holds what mergekit-yaml wrote of config and weights. The donor
is the base plus noise of six sizes, so that some tensors lie above mergekit's linear threshold and
others far below it.
"""

import json
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import torch
from tokenizers import Tokenizer, models
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

here = Path(__file__).parent / "recipes"
VOCABULARY = 19


def parent(seed, noise_seed, dtype, tied):
    config = LlamaConfig(
        vocab_size=VOCABULARY, hidden_size=12, intermediate_size=20, num_hidden_layers=4,
        num_attention_heads=3, num_key_value_heads=1, max_position_embeddings=64,
        tie_word_embeddings=tied, bos_token_id=1, eos_token_id=2)
    model = LlamaForCausalLM(config)
    torch.manual_seed(seed)
    drawn = {name: torch.randn(p.shape) * 0.1 for name, p in model.named_parameters()}
    torch.manual_seed(noise_seed)
    with torch.no_grad():
        for i, (name, p) in enumerate(model.named_parameters()):
            noise = [0.0, 0.003, 0.02, 0.05, 0.1, 0.3][i % 6] if noise_seed else 0
            p.copy_(drawn[name] + noise * torch.randn(p.shape) + (1 if "norm" in name else 0))
    return model.to(dtype)


for name, dtype, tied in (
        ("f32", torch.float32, False), ("bf16", torch.bfloat16, False), ("f16-tied", torch.float16, True),
        ("bf16-tied", torch.bfloat16, True)):
    for which, noise_seed in (("base", 0), ("donor", 7)):
        if (name, which) == ("bf16-tied", "donor"):
            continue
        directory = here / name / which
        parent(5, noise_seed, dtype, tied).save_pretrained(directory)
        (directory / "generation_config.json").unlink(missing_ok=True)
        if name == "bf16":
            words = Tokenizer(models.WordLevel({f"w{i}": i for i in range(VOCABULARY)}, unk_token="w0"))
            PreTrainedTokenizerFast(tokenizer_object=words).save_pretrained(directory)
            (directory / "special_tokens_map.json").unlink(missing_ok=True)

for recipe in sorted(here.glob("*.yaml")):
    out = here / "merged" / recipe.stem
    whole = here / "whole"
    subprocess.run(
        [str(Path(sys.executable).parent / "mergekit-yaml"), recipe.name, "whole", "--no-write-model-card",
         "--no-copy-tokenizer"],
        cwd=here, check=True)
    out.mkdir(parents=True, exist_ok=True)
    for kept in ("config.json", "model.safetensors"):
        shutil.copy(whole / kept, out / kept)
    shutil.rmtree(whole)
(here / "made_by.json").write_text(json.dumps(
    {p: version(p) for p in ("mergekit", "torch", "transformers", "numpy")}, indent=2) + "\n")
