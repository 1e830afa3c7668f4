"""Writes estimates.json, the golden of EstimatesTest.

    pip install samplics==0.6.1 torch scipy
    python make_estimates.py        # made with the versions that estimates.json names

A task's result Sum(value) / Sum(weight) and its standard error are samplics', a library for
complex surveys: Taylor's linearisation, clusters as primary sampling units. A suite's score is a
function of the means of values and weights; torch differentiates it, and the error follows by
the delta method from the clusters' totals. Student's t is SciPy's.
"""

import importlib.metadata
import json
import pathlib
import warnings

import numpy
import torch
from scipy.stats import t as student

warnings.simplefilter("ignore")
from samplics import PopParam  # noqa: E402
from samplics.estimation import TaylorEstimator  # noqa: E402

HERE = pathlib.Path(__file__).parent
MODELS = ("a", "b", "base", "donor")


def task(random, items, clusters, ratio, weight, scale):
    """Items by model, (value, weight); right or wrong unless the task is a ratio of sums."""
    skill = random.uniform(0.55, 0.78, size=4)
    passage = random.integers(0, clusters, size=items)
    passage[:clusters] = range(clusters)  # each at least once
    ease = random.uniform(-0.2, 0.2, size=clusters)[passage]
    sums = {}
    for model, level in zip(MODELS, skill):
        size = random.integers(1, 6, size=items) if ratio else numpy.ones(items, int)
        sums[model] = [[int(random.binomial(n, p)), int(n)] for n, p in zip(size, level + ease)]
    return {
        "weight": weight,
        "scale": scale,
        "clusters": [f"p{p}" for p in passage],
        "sums": sums,
    }


def survey(sums, clusters):
    """Ratio and standard error by samplics."""
    values, weights = numpy.array(sums, float).T
    estimator = TaylorEstimator(PopParam.ratio)
    estimator.estimate(
        y=values, x=weights, samp_weight=numpy.ones(len(sums)), psu=numpy.array(clusters)
    )
    return {"result": float(estimator.point_est), "standard_error": float(estimator.stderror)}


def score(means, tasks, objective, model):
    """A model's score from the means, one row a task: two columns a model."""
    at = 2 * MODELS.index(model)
    scores = []
    for row, one in zip(means, tasks):
        floor, ceiling = one["scale"] or (0, 1)
        scores.append((row[at] / row[at + 1] - floor) / (ceiling - floor))
    if objective == "worst":
        return torch.stack(scores).min()
    weights = torch.tensor([float(one["weight"]) for one in tasks], dtype=torch.float64)
    return (torch.stack(scores) * weights).sum() / weights.sum()


def judged(means, tasks, objective, model):
    if objective != "gain":
        return score(means, tasks, objective, model)
    parents = torch.stack(
        [
            max((score([row], [one], "mean", p) for p in ("base", "donor")), key=torch.Tensor.item)
            for row, one in zip(means, tasks)
        ]
    )
    weights = torch.tensor([float(one["weight"]) for one in tasks], dtype=torch.float64)
    return score(means, tasks, "mean", model) - (parents * weights).sum() / weights.sum()


def delta(function, tasks):
    """Value, standard error, degrees of freedom, interval and detectable effect."""
    columns = [
        numpy.hstack([numpy.array(one["sums"][model], float) for model in MODELS]) for one in tasks
    ]
    means = torch.tensor(numpy.array([c.mean(axis=0) for c in columns]), requires_grad=True)
    value = function(means)
    value.backward()
    variance = pooled = 0.0
    for gradient, column, one in zip(means.grad.numpy(), columns, tasks):
        pulls = (column - column.mean(axis=0)) @ gradient
        names = sorted(set(one["clusters"]))
        totals = [sum(p for p, c in zip(pulls, one["clusters"]) if c == name) for name in names]
        g = len(names)
        own = g / (g - 1) * sum(total**2 for total in totals) / len(pulls) ** 2
        variance += own
        pooled += own**2 / (g - 1)
    error, degrees = variance**0.5, variance**2 / pooled
    high = student.ppf(0.975, degrees)
    return {
        "mean": value.item(),
        "standard_error": error,
        "degrees": degrees,
        "interval95": [value.item() - high * error, value.item() + high * error],
        "detectable": float(high + student.ppf(0.8, degrees)) * error,
    }


def suite(tasks, objective):
    return {
        "objective": objective,
        "tasks": tasks,
        "a": delta(lambda means: judged(means, tasks, objective, "a"), tasks),
        "a_by_task": [survey(one["sums"]["a"], one["clusters"]) for one in tasks],
        "difference": delta(
            lambda means: score(means, tasks, objective.replace("gain", "mean"), "a")
            - score(means, tasks, objective.replace("gain", "mean"), "b"),
            tasks,
        ),
    }


random = numpy.random.default_rng(1)
suites = []
for objective in ("mean", "worst", "gain"):
    suites.append(suite([task(random, 12, 12, False, 1, None)], objective))
    suites.append(
        suite(
            [
                task(random, 30, 30, False, 3, None),
                task(random, 24, 7, False, 1, [0.25, 1]),
                task(random, 18, 5, True, 0.5, [0.1, 0.9]),
            ],
            objective,
        )
    )
versions = {name: importlib.metadata.version(name) for name in ("samplics", "torch", "scipy")}
golden = {"made_with": versions, "suites": suites}
(HERE / "estimates.json").write_text(json.dumps(golden) + "\n")
