"""Checks a packed jsearch on a machine with a GPU, and times it there.

    python3 check.py --work DIR [--peak TFLOPS]

First the bundled pair in float32 on the CPU and on the GPU: mean log-likelihoods must agree to 1e-4. Then a random pair
of Mistral-7B's shape (BF16, seeded, 2 x 14.5 GB, written to DIR once; needs torch): load, a score of the bundled
suite, a search of 32 trials. The time of one candidate's merge is that of a trial less that of a score.
--peak is the GPU's dense bf16 peak, for the share of it that a score reaches.
"""

import argparse
import json
import statistics
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
JSEARCH = str(HERE / "jsearch")
SUITE = str(HERE / "evals/demo.yaml")
CONFIG = {
    "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": 32000, "hidden_size": 4096,
    "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
    "rms_norm_eps": 1e-5, "max_position_embeddings": 32768, "tie_word_embeddings": False,
    "torch_dtype": "bfloat16"}


def shapes():
    hidden, wide, narrow = 4096, 14336, 1024
    yield "model.embed_tokens.weight", [32000, hidden]
    for layer in range(32):
        name = f"model.layers.{layer}."
        for norm in ("input_layernorm", "post_attention_layernorm"):
            yield f"{name}{norm}.weight", [hidden]
        for part, shape in {"q": [hidden, hidden], "k": [narrow, hidden], "v": [narrow, hidden],
                            "o": [hidden, hidden]}.items():
            yield f"{name}self_attn.{part}_proj.weight", shape
        for part, shape in {"gate": [wide, hidden], "up": [wide, hidden], "down": [hidden, wide]}.items():
            yield f"{name}mlp.{part}_proj.weight", shape
    yield "model.norm.weight", [hidden]
    yield "lm_head.weight", [32000, hidden]


def write(directory, seed):
    """A checkpoint of normal numbers; the donor is the base plus noise."""
    import torch

    if (directory / "config.json").exists():
        return
    directory.mkdir(parents=True, exist_ok=True)
    header, start, parameters = {}, 0, 0
    for name, shape in shapes():
        count = 1
        for size in shape:
            count *= size
        header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": [start, start + 2 * count]}
        start += 2 * count
        parameters += count
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(directory / "model.safetensors", "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for number, (name, shape) in enumerate(shapes()):
            generator = torch.Generator().manual_seed(number)
            x = torch.ones(shape) if "norm" in name else torch.randn(shape, generator=generator) * 0.02
            if seed and "norm" not in name:
                generator.manual_seed(1000 * seed + number)
                x += torch.randn(shape, generator=generator) * 0.002
            file.write(x.to(torch.bfloat16).view(torch.uint8).numpy().tobytes())
    for side in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        source = HERE / "src/demo/calculator" / side
        if source.exists():
            (directory / side).write_bytes(source.read_bytes())
    demo = json.loads((HERE / "src/demo/calculator/config.json").read_text())
    config = {**CONFIG, **{key: demo[key] for key in ("bos_token_id", "eos_token_id") if key in demo}}
    (directory / "config.json").write_text(json.dumps(config))


def evaluate(model, *more):
    command = [JSEARCH, "eval", str(model), "--eval", SUITE, "--json", *more]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def compare():
    for parent in ("calculator", "polyglot"):
        found = {device: evaluate(HERE / "src/demo" / parent, "--device", device, "--dtype", "float32")
                 for device in ("cpu", "gpu")}
        for split in ("search", "confirm"):
            cpu, gpu = (found[device][split]["mean_log_likelihood"] for device in ("cpu", "gpu"))
            print(f"{parent} {split}: CPU {cpu:.6f} GPU {gpu:.6f}", "agree" if abs(cpu - gpu) < 1e-4 else "DIFFER")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--work", required=True, type=Path)
    arguments.add_argument("--peak", type=float, default=989)
    given = arguments.parse_args()
    compare()
    base, donor = given.work / "base", given.work / "donor"
    write(base, 0)
    write(donor, 1)
    timing = evaluate(base, "--device", "gpu")["timing"]
    score = timing["confirm"]
    print(f"load {timing['load']:.1f} s, score {score['tokens']} tokens {score['seconds']:.2f} s, "
          f"{score['tokens_per_second']:.0f} tokens/s, "
          f"{2 * 7.24e9 * score['tokens_per_second'] / (given.peak * 1e12):.1%} of peak")
    study = given.work / f"study-{int(time.time())}"
    begin = time.perf_counter()
    subprocess.run([JSEARCH, "--base", str(base), "--donor", str(donor), "--eval", SUITE, "--device", "gpu",
                    "--budget", "32", "--out", str(study)], check=True)
    whole = time.perf_counter() - begin
    trials = [json.loads(line)["user_attr"]["seconds"] for line in (study / "journal.log").read_text().splitlines()
              if '"seconds"' in line]
    trial = statistics.median(trials)
    print(f"search of 32 trials {whole:.0f} s; a trial {trial:.2f} s, of it the merge about "
          f"{trial - timing['search']['seconds']:.2f} s")


if __name__ == "__main__":
    main()
