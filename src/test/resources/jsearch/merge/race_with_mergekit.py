"""Times jsearch merge, mergekit-yaml and cp side by side on a pair of 1.1B parameters, and prints medians.

    pip install mergekit==0.1.4 "transformers<5" && python race_with_mergekit.py --jsearch PATH --work DIR

DIR needs 12 GB; the pair (random weights, BF16, the donor is the base plus noise) is made there once and
kept. Each round runs all of them, one after the other, so that what else the machine does meets all alike;
the files that they read are in the page cache. Memory is the peak resident size.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

RECIPE = """\
merge_method: slerp
base_model: {base}
models:
  - model: {base}
  - model: {donor}
parameters:
  t:
    - filter: self_attn
      value: [0, 0.5, 0.3, 0.7, 1]
    - filter: mlp
      value: [1, 0.5, 0.7, 0.3, 0]
    - value: 0.5
dtype: float32
out_dtype: bfloat16
"""


def make_pair(work):
    # Here, as a child's peak of memory begins with what its parent holds.
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=32000, hidden_size=2048, intermediate_size=5632, num_hidden_layers=22,
        num_attention_heads=32, num_key_value_heads=4, tie_word_embeddings=False, dtype="bfloat16")
    torch.manual_seed(1)
    torch.set_default_dtype(torch.bfloat16)
    model = LlamaForCausalLM(config)
    model.save_pretrained(work / "base")
    with torch.no_grad():
        for p in model.parameters():
            p.add_(torch.randn_like(p) * 0.01)
    model.save_pretrained(work / "donor")


def run(command):
    """Seconds and peak megabytes of a command that must succeed."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               env={**os.environ, "HF_HUB_OFFLINE": "1"})
    text = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command} failed:\n{text}")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


def main():
    if sys.argv[1:2] == ["--make"]:
        make_pair(Path(sys.argv[2]))
        return
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--jsearch", required=True, type=Path)
    arguments.add_argument("--work", required=True, type=Path)
    arguments.add_argument("--rounds", type=int, default=5)
    given = arguments.parse_args()
    work = given.work.absolute()
    if not (work / "donor/config.json").exists():
        subprocess.run([sys.executable, __file__, "--make", str(work)], check=True)
    recipe = work / "recipe.yaml"
    recipe.write_text(RECIPE.format(base=work / "base", donor=work / "donor"))
    weights = work / "base/model.safetensors"
    out = work / "out"
    commands = {
        "cp": ["cp", str(weights), str(out)],
        "cp, then sync": ["sh", "-c", f"cp '{weights}' '{out}' && sync '{out}'"],
        "jsearch merge": [str(given.jsearch), "merge", str(recipe), str(out)],
        "mergekit-yaml": [str(Path(sys.executable).parent / "mergekit-yaml"), str(recipe), str(out),
                          "--no-write-model-card"],
    }
    taken = {name: [] for name in commands}
    for number in range(given.rounds + 1):  # the first one warms the cache and does not count
        for name, command in commands.items():
            seconds, megabytes = run(command)
            if number > 0:
                taken[name].append((seconds, megabytes))
            shutil.rmtree(out) if out.is_dir() else out.unlink()
    copy = statistics.median(seconds for seconds, _ in taken["cp"])
    for name, runs in taken.items():
        seconds = statistics.median(s for s, _ in runs)
        each = " ".join(f"{s:.1f}" for s, _ in runs)
        print(f"{name:14} {seconds:7.2f} s  {seconds / copy:6.1f} x cp  "
              f"{statistics.median(m for _, m in runs):7.0f} MB   ({each})")


if __name__ == "__main__":
    main()
