"""Makes mergekit_golden/: two tiny bfloat16 Llama parents and mergekit's merge of them.

    pip install mergekit==0.1.4 "transformers<5" && python make_mergekit_golden.py

recipe.yaml is jsearch's own, sealed by MergekitGoldenTest; mergekit reads it as it stands. The donor
is the base plus noise of eight sizes, so that some tensors lie above mergekit's linear threshold and
others far below it.
"""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import torch
from tokenizers import Tokenizer, models
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

torch.manual_seed(5)
here = Path(__file__).parent / "mergekit_golden"
config = LlamaConfig(
    vocab_size=67, hidden_size=24, intermediate_size=40, num_hidden_layers=3,
    num_attention_heads=6, num_key_value_heads=2, max_position_embeddings=128,
    tie_word_embeddings=False, bos_token_id=1, eos_token_id=2, dtype="bfloat16")
base = LlamaForCausalLM(config).to(torch.bfloat16)
donor = LlamaForCausalLM(config).to(torch.bfloat16)
noise = iter([0.0, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3] * 20)
with torch.no_grad():
    for (name, p), q in zip(base.named_parameters(), donor.parameters()):
        p.copy_(torch.randn(p.shape) * 0.1 + (1 if "norm" in name else 0))
        q.copy_(p.float() + next(noise) * torch.randn(p.shape))
for name, model in (("base", base), ("donor", donor)):
    model.save_pretrained(here / name)
    (here / name / "generation_config.json").unlink(missing_ok=True)
    words = Tokenizer(models.WordLevel({f"w{i}": i for i in range(67)}, unk_token="w0"))
    PreTrainedTokenizerFast(tokenizer_object=words).save_pretrained(here / name)
subprocess.run(
    [str(Path(sys.executable).parent / "mergekit-yaml"), "recipe.yaml", "merged", "--no-write-model-card"],
    cwd=here, check=True)
(here / "made_by.json").write_text(json.dumps(
    {p: version(p) for p in ("mergekit", "torch", "transformers", "numpy")}, indent=2) + "\n")
