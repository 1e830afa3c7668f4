"""Makes llama_golden/: a tiny seeded Llama checkpoint and what transformers computes with it.

    pip install torch transformers && python make_llama_golden.py

The head size is not hidden/heads, heads are grouped, the head is untied. Float32, eager CPU.
"""

import json
from pathlib import Path

import torch
import transformers
from transformers import LlamaConfig, LlamaForCausalLM

torch.manual_seed(20261123)
torch.set_num_threads(1)
here = Path(__file__).parent / "llama_golden"
config = LlamaConfig(
    vocab_size=67, hidden_size=24, intermediate_size=40, num_hidden_layers=3,
    num_attention_heads=6, num_key_value_heads=2, head_dim=10, rms_norm_eps=1e-5,
    rope_theta=5000.0, max_position_embeddings=128, tie_word_embeddings=False,
    bos_token_id=1, eos_token_id=2, pad_token_id=0)
model = LlamaForCausalLM(config).eval()
with torch.no_grad():
    for name, p in model.named_parameters():
        if "norm" in name:
            p.copy_(1 + 0.2 * torch.randn_like(p))
        else:
            p.copy_(0.25 * torch.randn_like(p))
model.save_pretrained(here)
(here / "generation_config.json").unlink(missing_ok=True)

rows = [torch.randint(3, 67, (n,)).tolist() for n in (1, 2, 7, 12, 19)]
with torch.no_grad():
    outputs = [model(torch.tensor([r]), output_hidden_states=True) for r in rows]
    greedy = []
    for r in rows:
        ids = torch.tensor([r])
        for _ in range(24):  # without stopping at EOS: the ids themselves are compared
            ids = torch.cat([ids, model(ids).logits[:, -1:].argmax(-1)], 1)
        greedy.append(ids[0, len(r):].tolist())
golden = {
    "made_by": f"transformers {transformers.__version__}, torch {torch.__version__}",
    "rows": rows,
    "logits": [[[float(v) for v in p] for p in o.logits[0]] for o in outputs],
    "hidden_states": [[float(v) for v in h[0, -1]] for h in outputs[3].hidden_states[1:]],
    "greedy": greedy,
}
(here / "golden.json").write_text(json.dumps(golden))
