"""Merges larger parents by all recipes with jsearch and with mergekit, and prints how far they are apart.

    pip install mergekit==0.1.4 "transformers<5"
    python compare_with_mergekit.py --jsearch ../../../../../../jsearch

Parents are made as for the goldens (make_recipe_goldens.py), only wider: about 28 million parameters
each, in all 1.3 GB that are left in --work. The table has a line a recipe:

  bit-equal   share of elements whose bits are mergekit's
  >1 ulp      share of elements more than one unit in the last place of mergekit's element away
  ulp         the largest distance in such units; large where an element is what is left of larger summands
  exact       share of elements, jsearch's and then mergekit's, that are the float64 result rounded to the format;
              that is what mergekit itself gives when its formulas run in float64
"""

import argparse
import contextlib
import importlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from unittest import mock

import make_recipe_goldens as goldens
import torch
import yaml
from safetensors import safe_open

ROWS_OF_TOKENS = ("model.embed_tokens.weight", "lm_head.weight")
BITS = {torch.float32: torch.int32, torch.float16: torch.int16, torch.bfloat16: torch.int16}
# Significant bits and the least exponent of a normal number.
PRECISION = {torch.float32: (24, -126), torch.float16: (11, -14), torch.bfloat16: (8, -126)}
NAMES = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16"}

# Not goldens: here mergekit rounds each product and sum to two bytes, jsearch rounds once.
ROUNDED_OFTEN = {
    "linear-in-bf16": ("linear", "llama-bf16", "bfloat16"),
    "linear-in-f16": ("linear", "mistral-f16", "float16"),
    "nuslerp-in-bf16": ("nuslerp", "llama-bf16", "bfloat16"),
}


SLERP, NUSLERP, LINEAR = (
    importlib.import_module(f"mergekit.merge_methods.{method}") for method in ("slerp", "nuslerp", "linear"))


def slerp(t, base, donor):
    a, b = base.double(), donor.double()
    unit_a, unit_b = (v / v.norm() if v.norm() > 1e-8 else v for v in (a, b))
    cosine = (unit_a * unit_b).sum().clamp(-1, 1)
    if abs(cosine) > 0.9995:
        return (1 - t) * a + t * b
    angle = torch.acos(cosine)
    return (torch.sin((1 - t) * angle) * a + torch.sin(t * angle) * b) / torch.sin(angle)


@contextlib.contextmanager
def in_float64():
    """mergekit, but with formulas in float64 and one rounding to the tensors' format."""
    nuslerp, linear = NUSLERP.nuslerp, LINEAR.LinearMergeTask.execute

    def wide_nuslerp(t, a, b, **options):
        return nuslerp(t, a.double(), b.double(), **options).to(a.dtype)

    def wide_linear(task, tensors, **options):
        dtype = next(iter(tensors.values())).dtype
        return linear(task, {model: x.double() for model, x in tensors.items()}, **options).to(dtype)

    with mock.patch.object(SLERP, "slerp", slerp), \
            mock.patch.object(NUSLERP, "nuslerp", wide_nuslerp), \
            mock.patch.object(LINEAR.LinearMergeTask, "execute", wide_linear):
        yield


def rounded_often(work):
    for name, (method, parents, dtype) in ROUNDED_OFTEN.items():
        models = [
            {"model": f"./parents/{parents}/{parent}", "parameters": {"weight": weight}}
            for parent, weight in (("base", 0.6), ("donor", 0.4))]
        file = work / f"{name}.yaml"
        file.write_text(yaml.safe_dump({"models": models, "merge_method": method, "dtype": dtype}))
        yield file


class Tensors:
    """The tensors of a checkpoint, one or many files."""

    def __init__(self, directory):
        self.files = {}
        for path in Path(directory).glob("*.safetensors"):
            file = safe_open(path, "pt")
            self.files |= {name: file for name in file.keys()}

    def __getitem__(self, name):
        return self.files[name].get_tensor(name)

    def formats(self):
        return "+".join(sorted({NAMES[self[name].dtype] for name in self.files}))


def ids(directory):
    path = Path(directory) / "tokenizer.json"
    if not path.exists():
        return {}
    tokenizer = json.loads(path.read_text())
    return tokenizer["model"]["vocab"] | {t["content"]: t["id"] for t in tokenizer["added_tokens"]}


def units(distance, theirs):
    digits, least = PRECISION[theirs.dtype]
    exponent = (torch.frexp(theirs.double())[1] - 1).clamp(min=least)
    exponent[theirs == 0] = least
    return distance / torch.pow(2.0, (exponent - digits + 1).double())


def in_order_of(theirs, ours, rows):
    """Our rows in the order of another tokenizer; rows without a token keep their place."""
    order = torch.arange(len(rows))
    for token, i in theirs.items():
        if i < len(rows):
            order[i] = ours[token]
    return rows[order]


def same(a, b):
    return (a.view(BITS[a.dtype]) == b.view(BITS[b.dtype])).sum().item()


def compare(ours, theirs, exact):
    """Elements, and how many are: bit-equal, > 1 ulp away, exact of ours, exact of theirs; largest ulp."""
    elements, equal, far, ours_exact, theirs_exact, ulp = 0, 0, 0, 0, 0, 0.0
    mine, golden, wide = Tensors(ours), Tensors(theirs), Tensors(exact)
    if mine.files.keys() != golden.files.keys():
        raise ValueError(f"other tensors: {sorted(mine.files.keys() ^ golden.files.keys())}")
    my_ids, golden_ids, wide_ids = ids(ours), ids(theirs), ids(exact)
    for name in golden.files:
        a, b, c = mine[name], golden[name], wide[name]
        if (a.shape, a.dtype) != (b.shape, b.dtype):
            raise ValueError(f"{name} is {a.shape} {a.dtype}, expected {b.shape} {b.dtype}")
        if name in ROWS_OF_TOKENS:
            a, c = in_order_of(golden_ids, my_ids, a), in_order_of(golden_ids, wide_ids, c)
        away = units((a.double() - b.double()).abs(), b)
        elements += a.numel()
        equal += same(a, b)
        ours_exact += same(a, c)
        theirs_exact += same(b, c)
        far += (away > 1).sum().item()
        ulp = max(ulp, away.max().item())
    return elements, equal, far, ours_exact, theirs_exact, ulp


def parents(recipe):
    names = set()
    for item in [*recipe.get("models", []), *(s for p in recipe.get("slices", []) for s in p["sources"])]:
        names.add(item["model"])
    if recipe.get("base_model"):
        names.add(recipe["base_model"])
    return sorted(names)


def line(file, jsearch, work):
    recipe = yaml.safe_load(file.read_text())
    ours, theirs, exact = work / "ours", work / "theirs", work / "exact"
    for directory in (ours, theirs, exact):
        shutil.rmtree(directory, ignore_errors=True)
    done = subprocess.run([jsearch, "merge", str(file), str(ours)], cwd=work, capture_output=True, text=True)
    if done.returncode:
        return f"{file.stem:36} refused: {done.stderr.strip()}"
    goldens.mergekit(file, theirs)
    with in_float64():
        goldens.mergekit(file, exact)
    inputs = parents(recipe)
    family = json.loads((work / inputs[0] / "config.json").read_text())["model_type"]
    formats = "/".join(sorted({Tensors(work / p).formats() for p in inputs})) + " > " + Tensors(theirs).formats()
    try:
        elements, equal, far, ours_exact, theirs_exact, ulp = compare(ours, theirs, exact)
    except ValueError as e:
        return f"{file.stem:36} {e}"
    return (f"{file.stem:36} {family:8} {formats:16} {elements:>11,} {equal / elements:>10.4%} {far / elements:>9.5%} "
            f"{ulp:>9.4g} {ours_exact / elements:>10.4%} {theirs_exact / elements:>10.4%}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jsearch", required=True, help="the launcher")
    parser.add_argument("--work", type=Path, default=Path("compare-with-mergekit"), help="where parents are made")
    parser.add_argument("--hidden", type=int, default=576, help="width, a multiple of 6")
    parser.add_argument("--recipe", nargs="*", help="only these")
    arguments = parser.parse_args()
    jsearch = str(Path(arguments.jsearch).resolve())
    work = arguments.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    os.chdir(work)
    if not (work / "parents").exists():
        hidden = arguments.hidden
        goldens.make_parents(goldens.Parents(work / "parents", hidden, hidden * 8 // 3, hidden * 64 // 3))
    print(f"{'recipe':36} {'family':8} {'formats':16} {'elements':>11} {'bit-equal':>10} "
          f"{'>1 ulp':>9} {'ulp':>9} {'exact':>10} {'exact':>10}")
    for file in [*goldens.recipes(), *rounded_often(work)]:
        if not arguments.recipe or file.stem in arguments.recipe:
            print(line(file, jsearch, work), flush=True)


if __name__ == "__main__":
    main()
