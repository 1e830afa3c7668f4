"""Writes mergekit-t.json: the t that mergekit itself plans for the baselines and for recipe.yaml.

    pip install mergekit==0.1.4 "transformers<5"
    python mergekit-t.py ../../../../../search-spaces/baselines.yaml recipe.yaml > mergekit-t.json

Parents are tiny Llama checkpoints made here; mergekit plans each merge, and t is read from its
SLERP tasks. Nothing is merged.
"""

import importlib.metadata
import json
import os
import pathlib
import sys
import tempfile

import numpy
import yaml
from mergekit.architecture import arch_info_for_config
from mergekit.config import MergeConfiguration
from mergekit.options import MergeOptions
from mergekit.plan import MergePlanner
from safetensors.numpy import save_file

LAYERS = [1, 2, 6, 8]
ENDINGS = ("q_proj.weight", "down_proj.weight", "input_layernorm.weight",
           "embed_tokens.weight", "model.norm.weight", "lm_head.weight")


def parent(path, layers):
    os.makedirs(path)
    config = dict(architectures=["LlamaForCausalLM"], model_type="llama", hidden_size=8,
                  intermediate_size=8, num_attention_heads=2, num_hidden_layers=layers,
                  num_key_value_heads=1, vocab_size=8, tie_word_embeddings=False)
    with open(f"{path}/config.json", "w") as file:
        json.dump(config, file)
    # mergekit plans the optional head only where a parent has it.
    save_file({"lm_head.weight": numpy.zeros((8, 8), numpy.float32)}, f"{path}/model.safetensors")


def planned(recipe, layers):
    """t by tensor name, as mergekit plans this recipe for parents of so many layers."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for model in recipe["models"]:
            parent(model["model"], layers)
        config = MergeConfiguration.model_validate(recipe)
        hf_config = config.base_model.config()
        planner = MergePlanner(config, arch_info_for_config(hf_config), MergeOptions(), hf_config)
        tasks = planner.plan_in_memory()
        return {task.weight_info.name: task.tensor_task.t for task in tasks
                if task.weight_info.name.endswith(ENDINGS)}


def baseline(t):
    return dict(merge_method="slerp", base_model="base", dtype="float32",
                models=[dict(model="base"), dict(model="donor")], parameters=dict(t=t))


def main(baselines, recipe):
    baselines = yaml.safe_load(pathlib.Path(baselines).read_text())
    recipe = yaml.safe_load(pathlib.Path(recipe).read_text())
    lines = [f'"tool": "mergekit {importlib.metadata.version("mergekit")}"']
    lines += [f'{json.dumps(f"{name} {layers}")}: {json.dumps(planned(baseline(t), layers))}'
              for name, t in baselines.items() for layers in LAYERS]
    lines += [f'"recipe 6": {json.dumps(planned(recipe, 6))}']
    print("{\n" + ",\n".join(lines) + "\n}")


main(*sys.argv[1:])
