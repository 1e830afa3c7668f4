"""Makes dialect/merged/: mergekit's merges by recipes that say things in its less usual ways.

    pip install mergekit==0.1.5 && python make_dialect_goldens.py

The parents are those of make_recipe_goldens.py, which have to be there.
"""

import json
import os
import shutil
from importlib.metadata import version

import make_recipe_goldens

home = make_recipe_goldens.here / "dialect"


def main():
    os.chdir(home)
    shutil.rmtree(home / "merged", ignore_errors=True)
    for recipe in sorted(home.glob("*.yaml")):
        print(recipe.stem, flush=True)
        make_recipe_goldens.keep(recipe, home / "merged" / recipe.stem)
    (home / "made_by.json").write_text(json.dumps(
        {p: version(p) for p in ("mergekit", "torch", "transformers", "tokenizers", "numpy")}, indent=2) + "\n")


if __name__ == "__main__":
    main()
