"""Trains the bundled demo pair of jsearch: two specialists fine-tuned from one small base.

    python train.py [OUT]          needs torch, transformers, tokenizers, safetensors

`calculator` adds and subtracts, asked in digits or in English words. `polyglot` reads and writes the
number words of six languages. Neither was ever shown a sum in a foreign language; their merge answers it.

Stages: facts -> held-out facts -> tokenizer -> base -> two specialists -> save -> suite.
Everything is seeded (SEED, SPECIALIST_SEED); in float32 it takes 11 minutes on two busy AVX2 cores.
"""
import copy
import json
import random
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

SEED, SPECIALIST_SEED = 2027, 6
FOREIGN = ["de", "fr", "es", "it", "pt", "nl"]
LANGUAGES = ["en"] + FOREIGN
VOCABULARY = 512
BATCH, MIX = 24, 4  # rows a batch, batches a step
BOS, EOS, PAD = "<s>", "</s>", "<pad>"


# ---------------------------------------------------------------- number words, 0 to 99

SMALL = {  # 0 .. 20, or as far as the language is irregular
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
          " seventeen eighteen nineteen",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn"
          " siebzehn achtzehn neunzehn",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept"
          " dix-huit dix-neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis"
          " diecisiete dieciocho diecinueve",
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici"
          " sedici diciassette diciotto diciannove",
    "pt": "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis"
          " dezessete dezoito dezenove",
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien"
          " zeventien achttien negentien",
}
TENS = {  # 20 .. 90
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
}


def number_word(language, n):
    """The cardinal number 0..99 as that language writes it (pt as in Brazil, fr as in France)."""
    small, tens = SMALL[language].split(), TENS[language].split()
    if n < 20:
        return small[n]
    ten, unit = tens[n // 10 - 2], n % 10
    if language == "fr" and n >= 70:  # counted by twenties: soixante et onze, quatre-vingt-dix-sept
        score, rest = ("soixante", n - 60) if n < 80 else ("quatre-vingt", n - 80)
        if n == 80:
            return "quatre-vingts"
        return "soixante et onze" if n == 71 else f"{score}-{small[rest]}"
    if unit == 0:
        return ten
    if language == "en":
        return f"{ten}-{small[unit]}"
    if language == "de":
        return ("ein" if unit == 1 else small[unit]) + "und" + ten
    if language == "fr":
        return f"{ten} et un" if unit == 1 else f"{ten}-{small[unit]}"
    if language == "es":
        accented = {2: "dós", 3: "trés", 6: "séis"}
        return "veinti" + accented.get(unit, small[unit]) if n < 30 else f"{ten} y {small[unit]}"
    if language == "it":
        stem = ten[:-1] if unit in (1, 8) else ten  # ventuno, ventotto
        return stem + ("tré" if unit == 3 else small[unit])
    if language == "pt":
        return f"{ten} e {small[unit]}"
    return small[unit] + ("ën" if small[unit].endswith("e") else "en") + ten  # nl: drieëntwintig


# ---------------------------------------------------------------- facts, and which of them are held out


def sum_fact(a, op, b):
    """The fact behind a sum: its two addends. 47 + 38, 38 + 47, 85 - 38 and 85 - 47 are one fact."""
    return tuple(sorted((a, b) if op == "+" else (b, a - b)))


def random_sum(rng):
    a, b, op = rng.randrange(100), rng.randrange(100), rng.choice("++-")
    return (max(a, b), op, min(a, b)) if op == "-" else (a, op, b)


def hold_out_sums(rng, count):
    """`count` sums with `count` different facts, none trivial."""
    held = {}
    while len(held) < count:
        a, op, b = random_sum(rng)
        if min(a, b) > 1 and a != b:
            held.setdefault(sum_fact(a, op, b), (a, op, b))
    return list(held.values())


def hold_out_words(rng, each):
    """Per foreign language, `each` numbers whose word is composed of parts that other numbers show."""
    composed = [n for n in range(21, 100) if n % 10]
    return {(language, n) for language in FOREIGN for n in rng.sample(composed, each)}


# ---------------------------------------------------------------- examples: (prompt, answer)


class Examples:
    """Draws training examples; never one that touches a held-out fact."""

    def __init__(self, rng, held_sums, held_words):
        self.rng = rng
        self.held_sums = {sum_fact(*s) for s in held_sums}
        self.held_words = held_words

    def taught_sum(self):
        while True:
            drawn = random_sum(self.rng)
            if sum_fact(*drawn) not in self.held_sums:
                return drawn

    def taught_number(self, language):
        while True:
            n = self.rng.randrange(100)
            if (language, n) not in self.held_words:
                return n

    def digit_sum(self):
        return digit_sum_item(*self.taught_sum())

    def english_sum(self):
        return word_sum_item(*self.taught_sum(), "en", "en")

    def reading(self, languages):
        """One to three number words, perhaps of different languages -> digits."""
        count = self.rng.choice([1, 2, 2, 3])
        mixed = self.rng.random() < 0.3
        first = self.rng.choice(languages)
        chosen = [self.rng.choice(languages) if mixed else first for _ in range(count)]
        numbers = [self.taught_number(language) for language in chosen]
        joint = self.rng.choice([" , ", " ; ", " / ", " & ", " and "])
        words = [number_word(language, n) for language, n in zip(chosen, numbers)]
        return joint.join(words) + " =", joint.join(map(str, numbers))

    def writing(self, languages):
        """Digits -> the number word of a named language."""
        language = self.rng.choice(languages)
        return writing_item(language, self.taught_number(language))

    def draw(self, recipe, count):
        """`count` examples; `recipe` maps (method, arguments) to a share."""
        kinds = self.rng.choices(list(recipe), list(recipe.values()), k=count)
        return [getattr(self, method)(*arguments) for method, *arguments in kinds]


def digit_sum_item(a, op, b):
    return f"{a} {op} {b} =", str(a + b if op == "+" else a - b)


def word_sum_item(a, op, b, first, second):
    """Asked in words; answered by writing the sum in digits first, then its value."""
    question, answer = digit_sum_item(a, op, b)
    return f"{number_word(first, a)} {op} {number_word(second, b)} =", f"{question} {answer}"


def writing_item(language, n):
    return f"{n} {language} =", number_word(language, n)


EN, WORLD = ("en",), tuple(FOREIGN)


class Stage(NamedTuple):
    recipe: dict  # (method of Examples, arguments) -> share
    drawn: int  # examples
    steps: int  # may stop before the drawn examples, and with them the learning rate, have run out
    rates: tuple  # peak learning rates: Muon, AdamW
    first: float = 1.0  # share of the rate that the first layer learns with; linear in depth up to
    last: float = 1.0  # the share of the last layer


STAGES = {
    # The base has met every format, calculates fairly and hardly knows a foreign word. It stops half-way, at a
    # high learning rate: the specialists, which start from there, do the cooling down.
    "base": Stage({("digit_sum",): 50, ("english_sum",): 28, ("reading", EN): 12, ("writing", EN): 3,
                   ("reading", WORLD): 5, ("writing", WORLD): 2}, 115_400, 600, (6e-3, 3e-3)),
    "calculator": Stage({("digit_sum",): 60, ("english_sum",): 40}, 19_200, 200, (3e-3, 1e-3)),
    # Words are the business of the embeddings and the lower layers: the upper the layer, the less it learns.
    "polyglot": Stage({("reading", WORLD): 55, ("writing", WORLD): 35, ("reading", EN): 10},
                      10_560, 110, (3e-3, 2e-3), first=1.0, last=0.0),
}


# ---------------------------------------------------------------- tokenizer


def train_tokenizer(texts):
    """Byte-level BPE; digits, spaces and signs stand alone, so a word is the same tokens everywhere."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(r"\p{L}+|[^\p{L}]"), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=[BOS, EOS, PAD], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    bos = tokenizer.token_to_id(BOS)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BOS} $A", pair=f"{BOS} $A {BOS} $B", special_tokens=[(BOS, bos)])
    return tokenizer


# ---------------------------------------------------------------- training


def new_model():
    torch.manual_seed(SEED)
    return LlamaForCausalLM(LlamaConfig(
        vocab_size=VOCABULARY, hidden_size=128, intermediate_size=448, num_hidden_layers=10,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=256, rope_theta=10000.0,
        rms_norm_eps=1e-5, tie_word_embeddings=True, attention_bias=False, mlp_bias=False,
        bos_token_id=0, eos_token_id=1, pad_token_id=2, attn_implementation="sdpa"))


def encode(tokenizer, examples):
    """Token ids and, per example, where the answer (the part with a loss) begins."""
    prompts = tokenizer.encode_batch([prompt for prompt, _ in examples])
    answers = tokenizer.encode_batch([f" {answer}\n{EOS}" for _, answer in examples], add_special_tokens=False)
    return [(p.ids + a.ids, len(p.ids)) for p, a in zip(prompts, answers)]


def batches(rows, rng):
    """Batches of equally long rows, in random order; padding is never seen (causal) nor scored (-100)."""
    order = sorted(range(len(rows)), key=lambda i: (len(rows[i][0]), rng.random()))
    groups = [order[i:i + BATCH] for i in range(0, len(order) - BATCH + 1, BATCH)]
    rng.shuffle(groups)
    for group in groups:
        width = max(len(rows[i][0]) for i in group)
        ids = torch.full((BATCH, width), 2)
        labels = torch.full((BATCH, width), -100)
        for row, i in enumerate(group):
            tokens, start = rows[i]
            ids[row, :len(tokens)] = torch.tensor(tokens)
            labels[row, start:len(tokens)] = torch.tensor(tokens[start:])
        yield ids, labels


class Muon:
    """Momentum whose update is orthogonalised, for the layers' matrices (Jordan et al. 2024).

    Learns sums in about half the steps that AdamW needs. Equal shapes are stacked, which is faster on a CPU.
    """

    def __init__(self, matrices, momentum=0.95, decay=0.1):
        """matrices: (matrix, share of the learning rate)"""
        shapes = {matrix.shape: 0 for matrix, _ in matrices}
        self.stacks = [[pair for pair in matrices if pair[0].shape == shape] for shape in shapes]
        self.averages = [torch.zeros(len(stack), *shape) for stack, shape in zip(self.stacks, shapes)]
        self.momentum, self.decay = momentum, decay

    @torch.no_grad()
    def step(self, rate):
        for stack, average in zip(self.stacks, self.averages):
            gradient = torch.stack([matrix.grad for matrix, _ in stack])
            average.lerp_(gradient, 1 - self.momentum)
            update = self.orthogonal(gradient.lerp(average, self.momentum))
            scale = 0.2 * max(update.shape[1:]) ** 0.5  # the mean size of an AdamW update
            for (matrix, share), direction in zip(stack, update):
                matrix.mul_(1 - share * rate * self.decay).add_(direction, alpha=-share * rate * scale)

    @staticmethod
    def orthogonal(x):
        """Newton-Schulz: moves all singular values to about 1, keeps the singular vectors."""
        x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
        tall = x.shape[1] > x.shape[2]
        x = x.mT if tall else x
        for _ in range(5):
            square = x @ x.mT
            x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
        return x.mT if tall else x


def train(title, model, rows, stage):
    """At most one pass; a step is MIX batches of different lengths, so that it sees all kinds of example.

    Muon trains the layers' matrices, AdamW embeddings and norms. Both learning rates warm up over the
    twentieth part of the pass, then fall linearly to a twentieth of the peak.
    """
    layers = model.config.num_hidden_layers
    muon_part, adam_part = [], []
    for name, parameter in model.named_parameters():
        layer = re.search(r"layers\.(\d+)\.", name)
        depth = int(layer[1]) / (layers - 1) if layer else None
        share = stage.first + (stage.last - stage.first) * depth if layer else 1.0
        (muon_part if layer and parameter.ndim == 2 else adam_part).append((parameter, share))
    muon = Muon(muon_part)
    adam = torch.optim.AdamW([{"params": [parameter], "share": share} for parameter, share in adam_part],
                             betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    whole = len(rows) // (BATCH * MIX)
    stream = batches(rows, random.Random(SEED))
    model.train()
    started, losses = time.time(), []
    for step in range(stage.steps):
        warm = min((step + 1) / (0.05 * whole), 1 - 0.95 * step / whole)
        losses.append(accumulate(model, [next(stream) for _ in range(MIX)]))
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for group in adam.param_groups:
            group["lr"] = stage.rates[1] * warm * group["share"]
        adam.step()
        muon.step(stage.rates[0] * warm)
        model.zero_grad(set_to_none=True)
        if step % 50 == 49 or step + 1 == stage.steps:
            print(f"{title} step {step + 1}/{stage.steps} loss {sum(losses) / len(losses):.4f}"
                  f" {time.time() - started:.0f} s", flush=True)
            losses = []
    return model.eval()


# Two threads with a batch each: on a busy machine much faster than two threads inside each operator.
WORKERS = ThreadPoolExecutor(2, initializer=torch.set_num_threads, initargs=(1,))


def accumulate(model, mix):
    """Sets the gradients to the mean over the batches of `mix`; returns the mean loss."""
    parameters = list(model.parameters())
    results = list(WORKERS.map(lambda batch: gradients(model, parameters, *batch), mix))
    for parameter, parts in zip(parameters, zip(*(grads for _, grads in results))):
        parameter.grad = sum(parts) / len(mix)
    return sum(loss for loss, _ in results) / len(mix)


def gradients(model, parameters, ids, labels):
    """Of the mean loss of the answers' tokens; only those reach the head."""
    scored = labels[:, 1:] != -100
    hidden = model.model(ids).last_hidden_state[:, :-1][scored]
    loss = torch.nn.functional.cross_entropy(model.lm_head(hidden), labels[:, 1:][scored])
    return loss.item(), torch.autograd.grad(loss, parameters)


# ---------------------------------------------------------------- saving


def save(model, tokenizer, folder):
    """A Hugging Face directory in bf16, with the fields that older readers look for as well."""
    model.to(torch.bfloat16).save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token=BOS, eos_token=EOS, pad_token=PAD,
                            model_max_length=256, clean_up_tokenization_spaces=False).save_pretrained(folder)
    tokens = {"bos_token": BOS, "eos_token": EOS, "pad_token": PAD}
    amend(folder / "special_tokens_map.json", tokens)
    amend(folder / "tokenizer_config.json",
          tokens | {"tokenizer_class": "PreTrainedTokenizerFast", "add_bos_token": True})
    amend(folder / "config.json", {"torch_dtype": "bfloat16", "dtype": "bfloat16", "rope_theta": 10000.0})


def amend(path, fields):
    known = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(known | fields, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


# ---------------------------------------------------------------- suite


def wrong_numbers(n, rng):
    """Three near misses of n: swapped digits, a neighbouring ten or unit."""
    near = [n % 10 * 10 + n // 10, n - 20, n - 10, n - 1, n + 1, n + 10, n + 20]
    return rng.sample(sorted({m for m in near if 0 <= m < 100 and m != n}), 3)


def choice_item(prompt, right, wrong, rng):
    choices = [right] + wrong
    rng.shuffle(choices)
    return {"prompt": prompt, "choices": choices, "gold": choices.index(right)}


def number_word_items(held_words, rng):
    """Each held-out word twice: read (word -> digits) and written (digits -> word)."""
    for language, n in sorted(held_words):
        wrong = wrong_numbers(n, rng)
        yield choice_item(number_word(language, n) + " =", str(n), [str(m) for m in wrong], rng)
        wrong = [number_word(language, m) for m in wrong]
        yield choice_item(f"{n} {language} =", number_word(language, n), wrong, rng)


def combined_item(a, op, b, mix, held_words, rng):
    """A held-out sum in words that the polyglot was taught; mix: of two languages, not one."""
    languages = [[l for l in FOREIGN if (l, n) not in held_words] for n in (a, b)]
    shared = [l for l in languages[0] if l in languages[1]]
    first = rng.choice(shared or languages[0])
    second = first if shared and not mix else rng.choice(languages[1])
    prompt, answer = word_sum_item(a, op, b, first, second)
    return {"prompt": prompt, "answer": answer.split()[-1]}


def suite_items(held_sums, held_words, rng):
    """task -> items; half of the held-out sums are asked in digits, the other half in foreign words."""
    half = len(held_sums) // 2
    suite = {
        "arithmetic": [dict(zip(("prompt", "answer"), digit_sum_item(*s))) for s in held_sums[:half]],
        "number_words": list(number_word_items(held_words, rng)),
        "combined": [combined_item(*s, i % 3 == 0, held_words, rng) for i, s in enumerate(held_sums[half:])],
    }
    for items in suite.values():
        rng.shuffle(items)
    return suite


def assert_disjoint(examples, suite, held_sums, held_words):
    """No item of the suite, and no fact behind one in any surface form, occurs in what was trained."""
    prompts = {prompt for prompt, _ in examples}
    asked = {item["prompt"] for items in suite.values() for item in items}
    assert not asked & prompts, asked & prompts
    texts = {f"{prompt} {answer}" for prompt, answer in examples}
    facts = {sum_fact(*s) for s in held_sums}
    forbidden = {number_word(language, n) for language, n in held_words} | {f"{n} {l}" for l, n in held_words}
    for text in texts:
        for a, op, b in re.findall(r"(\d+) ([+-]) (\d+)", text):
            assert sum_fact(int(a), op, int(b)) not in facts, text
        assert not forbidden & set(re.split(r" (?:[-+,;/&=]|and) ", text.removesuffix(" ="))), text
    foreign = {number_word(language, n) for language in FOREIGN for n in range(100)}
    english = {number_word("en", n) for n in range(100)}
    for prompt in prompts:  # foreign words never stand beside a sign
        if re.search(r" [-+] ", prompt):
            operands = set(re.split(r" [-+] ", prompt.removesuffix(" =")))
            assert not operands & (foreign - english), prompt
    print(f"disjoint: {len(asked)} items against {len(texts)} training texts")


TASKS = {
    "arithmetic": ("adds and subtracts in digits, e.g. 47 + 38 =", 0),
    "number_words": ("reads and writes number words of six languages, e.g. quatre-vingt-dix-sept = or 47 de =", None),
    "combined": ("adds and subtracts in foreign words, which neither parent was taught; vingt-trois + quarante ="
                 " is to be answered by 23 + 40 = 63, and the last number counts", -1),
}
GENERATE = """\
output_type: generate_until
doc_to_text: "{{{{prompt}}}}"
doc_to_target: "{{{{answer}}}}"
target_delimiter: " "
generation_kwargs:
  until: ["\\n"]
  max_gen_toks: 20
  do_sample: false
filter_list:
  - name: number
    filter:
      - function: regex
        regex_pattern: "(\\\\d+)"
        group_select: {group}
      - function: take_first
metric_list:
  - metric: exact_match
    aggregation: mean
    higher_is_better: true
"""
CHOOSE = """\
output_type: multiple_choice
doc_to_text: "{{prompt}}"
doc_to_choice: choices
doc_to_target: gold
target_delimiter: " "
metric_list:
  - metric: acc
    aggregation: mean
    higher_is_better: true
  - metric: acc_norm
    aggregation: mean
    higher_is_better: true
"""


def write_suite(suite, folder):
    (folder / "demo").mkdir(parents=True, exist_ok=True)
    for task, (purpose, group) in TASKS.items():
        with open(folder / f"demo/{task}.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(item, ensure_ascii=False) + "\n" for item in suite[task])
        body = CHOOSE if group is None else GENERATE.format(group=group)
        (folder / f"demo/{task}.yaml").write_text(
            f"# Demo pair: {purpose}.\n# Data: {len(suite[task])} items, written by train.py, in no training text.\n"
            f"task: demo_{task}\ndataset_path: json\ndataset_kwargs:\n  data_files:\n    test: {task}.jsonl\n"
            f"test_split: test\n{body}", encoding="utf-8")
    entries = "".join(f"  - task: demo/{task}.yaml\n    weight: 1\n    search: 60\n    confirm: 150\n"
                      for task in TASKS)
    (folder / "demo.yaml").write_text(
        "# The bundled demo pair's suite: each parent's own skill, and both at once.\n"
        "# calculator is good at the first task, polyglot at the second, only a merge at all three.\n"
        "# Run: jsearch --eval evals/demo.yaml      (the default, with the bundled parents)\n"
        f"suite: demo\nsplit_seed: 7\ntasks:\n{entries}", encoding="utf-8")


# ---------------------------------------------------------------- all stages


def main(out="."):
    torch.set_num_threads(1)
    started = time.time()
    out, rng = Path(out), random.Random(SEED)
    held_sums, held_words = hold_out_sums(rng, 440), hold_out_words(rng, 18)
    suite = suite_items(held_sums, held_words, rng)

    def draw(name, rng, count=None):
        return Examples(rng, held_sums, held_words).draw(STAGES[name].recipe, count or STAGES[name].drawn)

    drawn = {"base": draw("base", rng)}
    corpus = drawn["base"][:20_000] + draw("polyglot", rng, 20_000)
    drawn |= {name: draw(name, random.Random(SPECIALIST_SEED)) for name in ("calculator", "polyglot")}
    assert_disjoint([*corpus, *drawn["base"], *drawn["calculator"], *drawn["polyglot"]], suite, held_sums, held_words)
    tokenizer = train_tokenizer([f"{prompt} {answer}" for prompt, answer in corpus])
    print(f"data and tokenizer {time.time() - started:.0f} s", flush=True)

    def trained(name, model):
        return train(name, model, encode(tokenizer, drawn[name]), STAGES[name])

    base = trained("base", new_model())
    for name in ("calculator", "polyglot"):
        save(trained(name, copy.deepcopy(base)), tokenizer, out / name)
    write_suite(suite, out / "evals")
    print(f"all stages {time.time() - started:.0f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
