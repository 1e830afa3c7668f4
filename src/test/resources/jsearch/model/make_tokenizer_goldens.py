"""Writes tokenizers.json: which special tokens transformers adds, for tiny tokenizers.

Run with transformers 5.23.0 and tokenizers 0.23.3 (versions are written into the golden):
    python make_tokenizer_goldens.py
"""

import itertools
import json
import pathlib
import tempfile

import tokenizers
import transformers

HERE = pathlib.Path(__file__).parent
SPECIAL = ["<unk>", "<s>", "</s>"]


def template(before, after):
    def token(name):
        return {"SpecialToken": {"id": name, "type_id": 0}}

    single = before * [token("<s>")] + [{"Sequence": {"id": "A", "type_id": 0}}] + after * [token("</s>")]
    return {
        "type": "TemplateProcessing",
        "single": single,
        "pair": single + [{"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {
            name: {"id": name, "ids": [SPECIAL.index(name)], "tokens": [name]} for name in SPECIAL[1:]
        },
    }


def tokenizer(post_processor):
    bytes_in_letters = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": i, "content": content, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": True}
            for i, content in enumerate(SPECIAL)
        ],
        "normalizer": None,
        "pre_tokenizer": bytes_in_letters,
        "post_processor": post_processor,
        "decoder": bytes_in_letters,
        "model": {"type": "BPE", "unk_token": "<unk>", "merges": [],
                  "vocab": {"<unk>": 0, "<s>": 1, "</s>": 2, "a": 3, "b": 4}},
    }


POST_PROCESSORS = {
    "none": None,
    "bytes": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False},
    "BOS": template(1, 0),
    "BOS and EOS": template(1, 1),
    "nothing": template(0, 0),
}
CLASSES = ["PreTrainedTokenizerFast", "LlamaTokenizerFast", "Qwen2Tokenizer", "GemmaTokenizer"]
OPTIONS = [
    {},
    {"add_bos_token": True},
    {"add_bos_token": False},
    {"add_bos_token": True, "add_eos_token": True},
]


def case(name, klass, options):
    config = {"tokenizer_class": klass, "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"} | options
    with tempfile.TemporaryDirectory() as directory:
        here = pathlib.Path(directory)
        (here / "tokenizer.json").write_text(json.dumps(tokenizer(POST_PROCESSORS[name])))
        (here / "tokenizer_config.json").write_text(json.dumps(config))
        loaded = transformers.AutoTokenizer.from_pretrained(directory)
        return {
            "post processor": name,
            "config": config,
            "text": "ab<s>a",
            "ids": loaded("ab<s>a").input_ids,
            "ids without special": loaded("ab<s>a", add_special_tokens=False).input_ids,
        }


if __name__ == "__main__":
    golden = {
        "made by": f"transformers {transformers.__version__}, tokenizers {tokenizers.__version__}",
        "tokenizers": {name: tokenizer(processor) for name, processor in POST_PROCESSORS.items()},
        "cases": [case(*three) for three in itertools.product(POST_PROCESSORS, CLASSES, OPTIONS)],
    }
    (HERE / "tokenizers.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
