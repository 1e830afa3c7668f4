"""Writes verdict.txt and summary.json, the goldens of TerminalTest and SummaryTest.

    python make_report_golden.py      # Python 3.9 or newer with SciPy; made with SciPy 1.17.1

The items' values are those of Examples.java; means and standard errors are computed here on
their own, with the statistics module, and Student's t is SciPy's.
"""

import json
import pathlib
import statistics

from scipy.stats import t as student

HERE = pathlib.Path(__file__).parent

# Items by task, 1 right and 0 wrong; task "sums" weighs 3, "words" weighs 1.
WEIGHTS = {"sums": 3, "words": 1}
METRICS = {"sums": "exact_match,strict", "words": "acc"}
SEARCH = {
    "base": {"sums": "1100", "words": "0100"},
    "donor": {"sums": "0000", "words": "1110"},
    "global": {"sums": "1010", "words": "1100"},
    "best": {"sums": "1110", "words": "1101"},
}
CONFIRM = {
    "base": {"sums": "11000000", "words": "01000000"},
    "donor": {"sums": "00000000", "words": "11101111"},
    "global": {"sums": "10101010", "words": "11001100"},
    "best": {"sums": "11111110", "words": "11011111"},
}
MEAN_LOG_LIKELIHOOD = -0.5


def spread(strata):
    """Standard error and Satterthwaite's degrees of freedom of strata: (weight, values) a task."""
    total = sum(weight for weight, _ in strata)
    variances = [(w / total) ** 2 * statistics.variance(v) / len(v) for w, v in strata]
    pooled = sum(own**2 / (len(v) - 1) for own, (_, v) in zip(variances, strata))
    return sum(variances) ** 0.5, sum(variances) ** 2 / pooled if pooled else 1


def estimate(name, strata):
    total = sum(weight for weight, _ in strata)
    mean = sum(w / total * statistics.fmean(v) for w, v in strata)
    error, degrees = spread(strata)
    half = float(student.ppf(0.975, degrees)) * error
    return {
        name: mean,
        "standard_error": error,
        "interval95": [mean - half, mean + half],
        "items": sum(len(v) for _, v in strata),
    }


def values(bits):
    return [float(bit) for bit in bits]


def scores(items):
    result = estimate("score", [(WEIGHTS[t], values(b)) for t, b in items.items()])
    result["mean_log_likelihood"] = MEAN_LOG_LIKELIHOOD
    result["tasks"] = {
        t: {**estimate("score", [(1, values(b))]), "metric": METRICS[t]} for t, b in items.items()
    }
    return result


def difference(a, b):
    strata = [
        (WEIGHTS[t], [x - y for x, y in zip(values(a[t]), values(b[t]))]) for t in WEIGHTS
    ]
    result = paired(strata)
    result["tasks"] = {t: paired([(1, values)]) for t, (_, values) in zip(WEIGHTS, strata)}
    return result


def paired(strata):
    every = [d for _, ds in strata for d in ds]
    result = estimate("difference", strata)
    error, degrees = spread(strata)
    # Bloom's minimum detectable effect: 80% power at the 5% level, two-sided.
    result["detectable"] = float(student.ppf(0.975, degrees) + student.ppf(0.8, degrees)) * error
    result["won"] = sum(d > 0 for d in every)
    result["lost"] = sum(d < 0 for d in every)
    return result


def differences(a, b):
    return {
        "search": difference(SEARCH[a], SEARCH[b]),
        "confirm": difference(CONFIRM[a], CONFIRM[b]),
    }


def finalist(number, origin, key, scalars=None):
    result = {"trial": number, "origin": origin}
    if scalars:
        result["scalars"] = scalars
    return {**result, "search": scores(SEARCH[key]), "confirm": scores(CONFIRM[key])}


def summary():
    return {
        "confirmed": True,
        "base": finalist(0, "parent base", "base"),
        "donor": finalist(1, "parent donor", "donor"),
        "best_global": finalist(2, "global half", "global"),
        "best": finalist(7, "proposal", "best", {"attn": 0.25, "mlp": 1.0}),
        "best_minus_best_parent": differences("best", "base"),
        "best_minus_base": differences("best", "base"),
        "best_minus_donor": differences("best", "donor"),
        "best_minus_best_global": differences("best", "global"),
        "better_than_parents": True,
        "objective": "mean",
        "race": {"proposals": 32, "dropped": 20, "items": 256, "items_saved": 100},
        "compatibility": {
            "score": None,
            "overlap": 0.75,
            "overlap_by_id": 0.75,
            "similarity": None,
            "angle": 0.1,
            "role_angles": {"mlp": 0.125, "norm": 0.0},
            "layer_similarity": [1.0, None],
            "layer_angles": [0.05, 0.15],
            "parameters": 135000000,
            "decision": "align-embeddings-first",
            "reason": "the tokenizers share 75% of their tokens, less than 80%",
        },
        "family": "ramp",
        "optimizer": "cmaes",
        "budget": 32,
        "seed": -5,
        "seconds": 12.5,
        "timing": {"merge": 1.0, "prefill": 3.0, "decode": 0.5, "rest": 0.25},
        "device": "cpu",
        "dtype": "float32",
        "versions": {"jsearch": "0.1.0"},
    }


def points(e, name, sign=""):
    low, high = (100 * x for x in e["interval95"])
    return f"{100 * e[name]:{sign}.1f} [{low:.1f}, {high:.1f}]"


def table(rows):
    widths = [max(len(row[c]) for row in rows) for c in range(5)]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths)).rstrip() for row in rows]
    lines.insert(1, "-" * (sum(widths) + 8))
    return lines


def candidates():
    rows = [("", "", "search (8 items)", "confirm (16 items)", "to best parent, confirm")]
    for role, name, key in (
        ("base", "", "base"),
        ("donor", "", "donor"),
        ("best global", "half", "global"),
        ("best", "trial 7", "best"),
    ):
        rows.append(
            (
                role,
                name,
                points(scores(SEARCH[key]), "score"),
                points(scores(CONFIRM[key]), "score"),
                ""
                if key == "base"
                else points(difference(CONFIRM[key], CONFIRM["base"]), "difference", "+"),
            )
        )
    return table(rows)


def tasks():
    rows = [("task, confirm", "best", "to base", "to donor", "to best global")]
    for task in WEIGHTS:
        best = points(scores(CONFIRM["best"])["tasks"][task], "score")
        others = [
            points(difference(CONFIRM["best"], CONFIRM[other])["tasks"][task], "difference", "+")
            for other in ("base", "donor", "global")
        ]
        rows.append((task, best, *others))
    return table(rows)


def power(other, key):
    found = difference(CONFIRM["best"], CONFIRM[key])
    detectable = 100 * found["detectable"]
    lines = [f"Detectable difference to {other}: {detectable:.1f} points (80% power, 5% two-sided)."]
    if abs(found["difference"]) < found["detectable"]:
        lines.append(
            f"The difference found is smaller: {found['items']} items are too few to tell it"
            " reliably. Maybe confirm on more."
        )
    return lines


def outcome(gain):
    assert gain["interval95"][0] > 0, "the sentence for a lead that is none"
    by = points(gain, "difference", "+")
    return f"The layer-adaptive winner beats the best global SLERP by {by} on confirm."


def verdict():
    gain = difference(CONFIRM["best"], CONFIRM["global"])
    lines = [
        *candidates(),
        "",
        *tasks(),
        "",
        "Better than the best parent: the 95% interval on confirm is above 0.",
        f"S advised align-embeddings-first. {outcome(gain)}",
        *power("the best parent", "base"),
        *power("the best global SLERP", "global"),
    ]
    return "\n".join(lines) + "\n"


(HERE / "verdict.txt").write_text(verdict())
(HERE / "summary.json").write_text(json.dumps(summary(), indent=2) + "\n")
