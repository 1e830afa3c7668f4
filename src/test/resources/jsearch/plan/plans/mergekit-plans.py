"""Writes mergekit-plans.json: what mergekit itself plans for the recipes beside this file.

    pip install mergekit==0.1.4 "transformers<5"
    python mergekit-plans.py > mergekit-plans.json

Models are tiny Llama checkpoints made here: a, b, d of 4 layers and c of 6; b has no head. Nothing
is merged. Of each tensor: the models with the tensors that they give, weights or scales, t,
normalize.
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
from mergekit.merge import _model_out_config
from mergekit.options import MergeOptions
from mergekit.plan import MergePlanner
from safetensors.numpy import save_file

LAYERS = dict(a=4, b=4, c=6, d=4)


def model(path, layers):
    os.makedirs(path)
    config = dict(architectures=["LlamaForCausalLM"], model_type="llama", hidden_size=8,
                  intermediate_size=8, num_attention_heads=2, num_hidden_layers=layers,
                  num_key_value_heads=1, vocab_size=8)
    with open(f"{path}/config.json", "w") as file:
        json.dump(config, file)
    # mergekit plans the optional head only where a model has it.
    name = "model.norm.weight" if path == "b" else "lm_head.weight"
    save_file({name: numpy.zeros((8, 8), numpy.float32)}, f"{path}/model.safetensors")


def told(task):
    gather = task.gather_tensors
    result = {"models": {str(model.model.path): weight.name
                         for model, weight in gather.weight_info.items()}}
    for name in ("t", "normalize"):
        if hasattr(task, name):
            result[name] = float(getattr(task, name))
    if hasattr(task, "tensor_parameters"):
        for model, parameters in task.tensor_parameters.items():
            for name, value in parameters.items():
                if value is not None:
                    result.setdefault(name, {})[str(model.model.path)] = value
    return result


def planned(recipe):
    config = MergeConfiguration.model_validate(yaml.safe_load(recipe))
    first = config.base_model or (config.models or config.slices[0].sources)[0].model
    arch = arch_info_for_config(first.config())
    out = _model_out_config(config, arch)
    tasks = MergePlanner(config, arch, MergeOptions(), out).plan_in_memory()
    return {task.weight_info.name: told(task.tensor_task) for task in tasks}


def main():
    recipes = sorted(pathlib.Path(__file__).resolve().parent.glob("*.yaml"))
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for path, layers in LAYERS.items():
            model(path, layers)
        lines = [f'"tool": "mergekit {importlib.metadata.version("mergekit")}"']
        for recipe in recipes:
            plan = planned(recipe.read_text())
            tensors = [f'  {json.dumps(name)}: {json.dumps(plan[name])}' for name in sorted(plan)]
            lines.append(f'{json.dumps(recipe.stem)}: {{\n' + ",\n".join(tensors) + "\n}")
    print("{\n" + ",\n".join(lines) + "\n}")


sys.exit(main())
