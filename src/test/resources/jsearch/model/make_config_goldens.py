"""Makes published_configs.json: what transformers reads from each config of published_configs.jsonl.

    pip install torch transformers && python make_config_goldens.py

published_configs.jsonl has configs of published models and fine-tunes, one a line, keys sorted, with where each
was found; "outcome" says by hand what jsearch makes of it. This script has transformers' own class read each
config of a supported model_type and build the model on the meta device; it notes what reaches the logits, as the
built modules hold it. Then it asks which keys reach the logits at all: it adds each key of KEYS to the tiny
checkpoints of architectures/ and compares logits and greedy texts (ignored_keys.json).
"""

import json
import shutil
import tempfile
from pathlib import Path

import torch
import transformers
from transformers import AutoModelForCausalLM
from transformers.models.auto.configuration_auto import CONFIG_MAPPING

TYPES = ["gemma", "gemma2", "gemma3_text", "granite", "llama", "mistral", "olmo2", "phi3", "qwen2", "qwen3", "smollm3"]
transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()
torch.set_num_threads(1)
here = Path(__file__).parent
made_by = f"transformers {transformers.__version__}, torch {torch.__version__}"

# A value each that would change something where it is read.
KEYS = dict(
    attention_bias=True, mlp_bias=True, attention_multiplier=0.37, embedding_multiplier=3.0, residual_multiplier=0.4,
    logits_scaling=4.0, logit_scale=0.5, query_pre_attn_scalar=3, attn_logit_softcapping=1.5,
    final_logit_softcapping=1.5, hidden_activation="relu", no_rope_layer_interval=2, no_rope_layers=[0, 1, 0, 1],
    rope_local_base_freq=50.0, sliding_window_pattern=3, _sliding_window_pattern=3, sliding_window=3,
    use_sliding_window=True, max_window_layers=1, partial_rotary_factor=0.5, is_causal=False,
    attention_chunk_size=3, use_bidirectional_attention=True, rope_interleaved=True, document_attention=True,
    use_mrope=True, is_decoder=True, num_experts=4, attention_dropout=0.5, pretraining_tp=2,
    neftune_noise_alpha=5.0, _attn_implementation_autoset=True, task_specific_params={"a": {"b": 1}},
    model_max_length=7, logits_to_keep=1, bos_token="<s>", pad_token_id=-1)


def places(values, digits=7):
    """Four numbers that stand for a table: its first, middle and last, and its sum."""
    values = values.double()
    return [float(f"{v:.{digits}g}") for v in (values[0], values[len(values) // 2], values[-1], values.sum())]


def tables(config, module):
    """Each rotary table with its factor: the one, or that of full and that of sliding layers."""
    rotary = type(module)(config)
    names = ["full_attention_", "sliding_attention_"] if hasattr(rotary, "full_attention_inv_freq") else [""]
    return [dict(frequencies=places(getattr(rotary, name + "inv_freq")),
                 factor=float(getattr(rotary, name + "attention_scaling"))) for name in names]


def read(keys):
    config = CONFIG_MAPPING[keys["model_type"]].from_dict(json.loads(json.dumps(keys)))
    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(config)
    first = model.model.layers[0]
    window = getattr(config, "sliding_window", None)
    types = getattr(config, "layer_types", None) or ["full_attention" if window is None else "sliding_attention"] * len(model.model.layers)
    scale = getattr(first.self_attn, "scaling")
    tied = config.tie_word_embeddings
    embedding = config.hidden_size ** 0.5 if config.model_type.startswith("gemma") else getattr(config, "embedding_multiplier", 1)
    return dict(
        weights={name: list(p.shape) for name, p in model.state_dict().items()
                 if (".layers." not in name or ".layers.0." in name) and not (tied and name == "lm_head.weight")},
        layers=len(model.model.layers), context=config.max_position_embeddings, heads=config.num_attention_heads,
        key_value_heads=config.num_key_value_heads,
        head_size=first.self_attn.head_dim, epsilon=config.rms_norm_eps, attention_scale=scale,
        attention_cap=(config.attn_logit_softcapping or 0) if config.model_type == "gemma2" else 0,
        activation=getattr(config, "hidden_activation", None) or config.hidden_act,
        window=window if "sliding_attention" in types else 0,
        sliding=[int(kind == "sliding_attention") for kind in types],
        rope=[kind if kind else -1 for kind in config.no_rope_layers] if config.model_type == "smollm3" else None,
        tables=tables(config, model.model.rotary_emb),
        embedding_scale=embedding, residual_scale=getattr(config, "residual_multiplier", 1),
        logits_divisor=getattr(config, "logits_scaling", 1),
        logits_cap=getattr(config, "final_logit_softcapping", None) or 0)


def write_configs():
    lines = [json.loads(line) for line in (here / "published_configs.jsonl").read_text().splitlines()]
    golden = {e["name"]: read(e["config"]) for e in lines
              if e["config"]["model_type"] in TYPES and "quantization_config" not in e["config"]}
    text = json.dumps(dict(made_by=made_by, configs=golden), separators=(",", ":"), ensure_ascii=False)
    (here / "published_configs.json").write_text(text.replace('},"', '},\n"').replace('},\n"sliding', '},"sliding') + "\n")


def outcome(directory, more):
    """Logits of a text and what greedy search writes, or that transformers fails."""
    with tempfile.TemporaryDirectory() as both:
        config = json.loads((directory / "config.json").read_text())
        (Path(both) / "config.json").write_text(json.dumps({**config, **more}))
        shutil.copy(directory / "model.safetensors", both)
        try:
            model = AutoModelForCausalLM.from_pretrained(both, dtype=torch.float32).eval()
            model.generation_config.eos_token_id = None
            model.generation_config.pad_token_id = None
            ids = torch.tensor([[3, 41, 7, 22, 9, 30, 18, 5, 44, 12, 27, 33]])
            with torch.no_grad():
                logits = model(ids).logits
                text = model.generate(ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=12)
            return logits, text
        except Exception as e:
            return type(e).__name__


def write_keys():
    golden = {}
    for name in TYPES:
        directory = here / "architectures" / {"gemma3_text": "gemma3"}.get(name, name)
        plain = outcome(directory, {})
        golden[name] = {}
        for key, value in KEYS.items():
            if key in json.loads((directory / "config.json").read_text()):
                continue
            found = outcome(directory, {key: value})
            same = not isinstance(found, str) and torch.equal(found[0], plain[0]) and torch.equal(found[1], plain[1])
            golden[name][key] = "ignored" if same else found if isinstance(found, str) else "read"
    text = json.dumps(dict(made_by=made_by, values=KEYS, keys=golden), indent=1)
    (here / "ignored_keys.json").write_text(text + "\n")


write_configs()
write_keys()
