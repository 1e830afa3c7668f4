"""Reads a journal cut off after every byte, as Optuna and as optuna-dashboard, and prints what they saw.

    pip install optuna==5.0.0 optuna-dashboard==0.21.0
    python read_at_each_cut.py results/NAME/journal.log [--every BYTES]

A process that is killed leaves such a beginning of its journal, most with a torn last line. At each cut both
must see the trials whose lines are whole, in the states that those lines say. A reader may not change the
file. Exit code 1 and the first cuts where not.
"""

import argparse
import collections
import importlib.metadata
import json
import pathlib
import tempfile

import optuna
from optuna_dashboard._app import create_app
from optuna_dashboard._storage_url import get_storage

STATES = ["RUNNING", "COMPLETE", "PRUNED", "FAIL", "WAITING"]  # by the journal's numbers


def expected(text):
    """State and value of each trial, by a reading of the whole lines that knows nothing of Optuna's."""
    study, trials = False, []
    for line in text[: text.rfind(b"\n") + 1].splitlines():
        event = json.loads(line)
        if event["op_code"] == 0:
            study = True
        elif event["op_code"] == 4:
            trials.append(["RUNNING", None])
        elif event["op_code"] == 6:
            trials[event["trial_id"]] = [STATES[event["state"]], event["values"]]
    return study, trials


def by_optuna(file):
    backend = optuna.storages.journal.JournalFileBackend(str(file))
    storage = optuna.storages.JournalStorage(backend)
    if not storage.get_all_studies():
        return False, []
    study = optuna.load_study(study_name=None, storage=storage)
    return True, [[trial.state.name, trial.values] for trial in study.get_trials()]


def by_dashboard(file):
    """Asks the dashboard's own pages, from the storage that `optuna-dashboard FILE` would open."""
    app = create_app(get_storage(str(file)))
    studies = get(app, "/api/studies")["study_summaries"]
    if not studies:
        return False, []
    trials = get(app, f"/api/studies/{studies[0]['study_id']}")["trials"]
    return True, [[trial["state"].upper(), trial.get("values")] for trial in trials]


def get(app, path):
    status = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "SERVER_NAME": "x", "SERVER_PORT": "80",
               "wsgi.url_scheme": "http", "QUERY_STRING": "after=0"}
    body = b"".join(app(environ, lambda code, headers, *rest: status.append(code)))
    if not status[0].startswith("200"):
        raise RuntimeError(f"{path}: {status[0]} {body[:200]}")
    return json.loads(body)


def same(seen, truth):
    return seen[0] == truth[0] and [s for s, _ in seen[1]] == [s for s, _ in truth[1]] and all(
        (mine or None) == (other or None) for (_, mine), (_, other) in zip(seen[1], truth[1], strict=True))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("journal", type=pathlib.Path)
    parser.add_argument("--every", type=int, default=1, help="cut after every so many bytes, and after each line")
    options = parser.parse_args()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    whole = options.journal.read_bytes()
    cuts = [n for n in range(len(whole) + 1)
            if n % options.every == 0 or n == len(whole) or whole[n - 1 : n] == b"\n"]
    wrong = collections.defaultdict(list)
    last = collections.Counter()
    torn = 0
    with tempfile.TemporaryDirectory() as scratch:
        file = pathlib.Path(scratch) / "journal.log"
        for cut in cuts:
            file.write_bytes(whole[:cut])
            torn += not whole[:cut].endswith(b"\n")
            truth = expected(whole[:cut])
            last = collections.Counter(state for state, _ in truth[1])
            for name, reader in [("optuna", by_optuna), ("optuna-dashboard", by_dashboard)]:
                try:
                    found = "right" if same(reader(file), truth) else "another reading"
                except Exception as e:  # counted: what a reader throws is what a user would see
                    found = f"{type(e).__name__}: {e}"
                if found != "right":
                    wrong[name].append((cut, found))
            if file.read_bytes() != whole[:cut]:
                wrong["changed"].append(cut)
    versions = {name: importlib.metadata.version(name) for name in ["optuna", "optuna-dashboard"]}
    print(f"{len(whole):,} bytes, {len(cuts):,} cuts, {torn:,} of them in a line; at the end {dict(last)}")
    for name, version in versions.items():
        print(f"{name} {version}: right at {len(cuts) - len(wrong[name]):,} cuts; first others: {wrong[name][:3]}")
    print(f"files changed by reading: {len(wrong['changed'])}")
    raise SystemExit(1 if any(wrong.values()) else 0)


if __name__ == "__main__":
    main()
