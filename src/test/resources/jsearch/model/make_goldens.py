"""Makes architectures/: tiny seeded checkpoints of every architecture and what transformers computes with them.

    pip install torch transformers && python make_goldens.py

Each config.json is spelt as published ones are (most by transformers 4, some by 5) and read by
transformers itself. A variant with "weights" runs the checkpoint of another directory. Windows are
shorter than the longest row, caps are low enough to bend, heads are grouped. rope.json has rotary
frequencies of published shapes, as transformers' own functions give them. CPU, one thread.
"""

import json
import shutil
import tempfile
from pathlib import Path

import torch
import transformers
from transformers import AutoConfig, AutoModelForCausalLM, LlamaConfig, Phi3Config
from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS

VOCABULARY = 59
LENGTHS = (2, 9, 25)
NEW_TOKENS = 64
transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()
here = Path(__file__).parent
common = dict(
    vocab_size=VOCABULARY, num_attention_heads=6, num_key_value_heads=2, rms_norm_eps=1e-6,
    max_position_embeddings=128, bos_token_id=1, eos_token_id=2, pad_token_id=0,
    initializer_range=0.02, use_cache=True, attention_dropout=0.0, torch_dtype="bfloat16")


def config(model_type, **keys):
    architecture = {"gemma3_text": "Gemma3", "smollm3": "SmolLM3"}.get(model_type, model_type.capitalize())
    sizes = dict(hidden_size=18, intermediate_size=29, num_hidden_layers=2)
    return dict(architectures=[architecture + "ForCausalLM"], model_type=model_type, **{**common, **sizes, **keys})


def llama(**keys):
    return config("llama", hidden_act="silu", head_dim=8, rope_theta=500.0, tie_word_embeddings=False,
                  attention_bias=True, mlp_bias=True, pretraining_tp=1, **keys)


def gemma3(**keys):
    return config("gemma3_text", num_hidden_layers=4, head_dim=8, hidden_activation="gelu_pytorch_tanh",
                  query_pre_attn_scalar=11, sliding_window=5, attention_bias=False, **keys)


phi3_factors = dict(short_factor=[1.0, 1.1, 1.3], long_factor=[1.2, 2.0, 5.0])
variants = {
    "llama": llama(rope_scaling=None),
    "llama_linear": dict(weights="llama", **llama(rope_scaling=dict(type="linear", factor=2.5))),
    "llama_dynamic": dict(weights="llama", **{
        **llama(rope_scaling=dict(rope_type="dynamic", factor=3.0)), "max_position_embeddings": 16}),
    "llama_llama3": dict(weights="llama", **llama(rope_scaling=dict(
        rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
        original_max_position_embeddings=64))),
    "llama_yarn": dict(weights="llama", **llama(rope_scaling=dict(
        type="yarn", factor=4.0, original_max_position_embeddings=32))),
    "mistral": config("mistral", hidden_act="silu", num_key_value_heads=3, head_dim=10, sliding_window=5,
                      rope_theta=10000.0, tie_word_embeddings=False),
    "qwen2": config("qwen2", hidden_size=24, num_hidden_layers=4, hidden_act="silu", use_sliding_window=True,
                    sliding_window=6, max_window_layers=2, rope_theta=1000000.0, tie_word_embeddings=True),
    "qwen3": config("qwen3", hidden_act="silu", head_dim=8, attention_bias=False, use_sliding_window=False,
                    sliding_window=None, max_window_layers=2, rope_theta=1000000, rope_scaling=None,
                    tie_word_embeddings=True),
    "gemma": config("gemma", num_key_value_heads=1, head_dim=8, hidden_act="gelu",
                    hidden_activation="gelu_pytorch_tanh", rope_theta=10000.0),
    "gemma2": config("gemma2", num_hidden_layers=4, head_dim=8, hidden_act="gelu_pytorch_tanh",
                     hidden_activation="gelu_pytorch_tanh", attn_logit_softcapping=2.0,
                     final_logit_softcapping=3.0, query_pre_attn_scalar=11, sliding_window=5,
                     cache_implementation="hybrid", attention_bias=False, rope_theta=10000.0),
    "gemma3": gemma3(sliding_window_pattern=2, rope_theta=1000000.0, rope_local_base_freq=100.0,
                     rope_scaling=dict(rope_type="linear", factor=8.0)),
    "gemma3_nested": dict(weights="gemma3", **gemma3(
        layer_types=["sliding_attention", "full_attention"] * 2, final_logit_softcapping=None,
        rope_parameters=dict(
            full_attention=dict(rope_type="linear", factor=8.0, rope_theta=1000000.0),
            sliding_attention=dict(rope_type="default", rope_theta=100.0)))),
    "phi3": config("phi3", hidden_size=48, intermediate_size=20, hidden_act="silu", partial_rotary_factor=0.75,
                   max_position_embeddings=64, original_max_position_embeddings=16, rope_theta=10000.0,
                   rope_scaling=dict(type="longrope", **phi3_factors), sliding_window=7,
                   embd_pdrop=0.0, resid_pdrop=0.0, attention_bias=False, tie_word_embeddings=False),
    "granite": config("granite", hidden_act="gelu", attention_bias=False, mlp_bias=False,
                      attention_multiplier=0.3, embedding_multiplier=3.0, residual_multiplier=0.4,
                      logits_scaling=4.0, rope_theta=10000.0, tie_word_embeddings=True, hidden_size=24),
    "olmo2": config("olmo2", hidden_size=24, hidden_act="silu", attention_bias=False, rope_theta=500000,
                    tie_word_embeddings=False),
    "smollm3": config("smollm3", hidden_size=24, num_hidden_layers=4, hidden_act="silu", attention_bias=False,
                      mlp_bias=False, no_rope_layers=[1, 0, 1, 0], no_rope_layer_interval=2,
                      layer_types=["full_attention"] * 4, use_sliding_window=False, sliding_window=None,
                      rope_theta=5000.0, pretraining_tp=2, tie_word_embeddings=True),
}


def load(directory, keys, format):
    """Through a directory, as a user's checkpoint is loaded."""
    with tempfile.TemporaryDirectory() as both:
        shutil.copy(directory / "config.json", both)
        shutil.copy(here / "architectures" / keys.get("weights", directory.name) / "model.safetensors", both)
        model = AutoModelForCausalLM.from_pretrained(both, dtype=format).eval()
    model.generation_config.eos_token_id = None  # 64 tokens, whatever they are
    return model


def write_weights(directory):
    model = AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(directory)).float()
    with torch.no_grad():
        for name, p in model.named_parameters():
            if "norm" in name:
                p.copy_((0 if "gemma" in directory.name else 1) + 0.2 * torch.randn_like(p))
            else:
                p.copy_(0.25 * torch.randn_like(p))
    model.bfloat16()  # so that float32 and bfloat16 compute with the same weights
    with tempfile.TemporaryDirectory() as saved:
        model.save_pretrained(saved)
        shutil.copy(Path(saved) / "model.safetensors", directory)


def rounded(rows, digits):
    return [[float(f"{v:.{digits}g}") for v in row.tolist()] for row in rows]


def write_rope():
    """By length: what the frequencies and the factor of cos and sin are for a text of so many tokens."""
    llama = dict(hidden_size=4096, num_attention_heads=32, max_position_embeddings=4096, rope_theta=10000.0)
    phi3 = dict(hidden_size=3072, num_attention_heads=32, max_position_embeddings=131072,
                original_max_position_embeddings=4096, rope_theta=10000.0)
    yarn = dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=32768)
    factors = lambda n, base: [round(1 + base * i * i, 3) for i in range(n)]
    cases = [
        (LlamaConfig, llama, dict(rope_type="linear", factor=4.0), [1]),
        (LlamaConfig, llama, dict(rope_type="dynamic", factor=2.0), [1, 4096, 4097, 6000, 9000]),
        (LlamaConfig, {**llama, "max_position_embeddings": 131072, "rope_theta": 500000.0}, dict(
            rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
            original_max_position_embeddings=8192), [1]),
        (LlamaConfig, {**llama, "head_dim": 64, "max_position_embeddings": 131072, "rope_theta": 500000.0}, dict(
            rope_type="llama3", factor=32.0, low_freq_factor=1.0, high_freq_factor=4.0,
            original_max_position_embeddings=8192), [1]),
        (LlamaConfig, {**llama, "max_position_embeddings": 32768, "rope_theta": 1e6}, yarn, [1]),
        (LlamaConfig, llama, {**yarn, "beta_fast": 16, "beta_slow": 2, "attention_factor": 0.75}, [1]),
        (LlamaConfig, llama, {**yarn, "mscale": 0.7, "mscale_all_dim": 1.3, "truncate": False}, [1]),
        (Phi3Config, phi3, dict(rope_type="longrope", short_factor=factors(48, 0.01),
                                long_factor=factors(48, 0.05)), [4096, 4097]),
        (Phi3Config, {**phi3, "partial_rotary_factor": 0.75}, dict(
            rope_type="longrope", short_factor=factors(36, 0.01), long_factor=factors(36, 0.05),
            factor=8.0), [1, 5000]),
    ]
    golden = []
    for kind, keys, scaling, lengths in cases:
        for length in lengths:
            made = kind(**keys, rope_scaling=dict(scaling))
            frequencies, factor = ROPE_INIT_FUNCTIONS[scaling["rope_type"]](made, seq_len=length)
            golden.append(dict(
                config=dict(model_type=made.model_type, **keys, rope_scaling=scaling), length=length,
                frequencies=rounded([frequencies], 9)[0], factor=factor))
    made_by = f"transformers {transformers.__version__}, torch {torch.__version__}"
    text = json.dumps(dict(made_by=made_by, cases=golden), separators=(",", ":"))
    (here / "rope.json").write_text(text.replace('{"config"', '\n{"config"') + "\n")


def write_golden(directory, keys):
    rows = [torch.randint(3, VOCABULARY, (n,)).tolist() for n in LENGTHS]
    logits, halves, greedy = [], [], []
    with torch.no_grad():
        for row in rows:  # a new model a row: dynamic rope remembers the longest text it has seen
            ids = torch.tensor([row])
            logits.append(load(directory, keys, torch.float32)(ids).logits[0])
            halves.append(load(directory, keys, torch.bfloat16)(ids).logits[0])
            written = load(directory, keys, torch.float32).generate(
                ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=NEW_TOKENS)
            greedy.append(written[0, len(row):].tolist())
    golden = {
        "made_by": f"transformers {transformers.__version__}, torch {torch.__version__}",
        "weights": keys.get("weights", directory.name),
        "rows": rows,
        "logits": [rounded(one, 6) for one in logits],
        "bf16_best": [one.argmax(-1).tolist() for one in halves],
        "bf16_logits": rounded(halves[1], 4),
        "greedy": greedy,
    }
    (directory / "golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


write_rope()
torch.set_num_threads(1)
for number, (name, keys) in enumerate(variants.items()):
    torch.manual_seed(20261124 + number)
    directory = here / "architectures" / name
    directory.mkdir(parents=True, exist_ok=True)
    spoken = {key: value for key, value in keys.items() if key != "weights"}
    (directory / "config.json").write_text(json.dumps(spoken, indent=1) + "\n")
    if "weights" not in keys:
        write_weights(directory)
    write_golden(directory, keys)
