"""Writes what Optuna reads from a journal, as JSON.

How optuna.json and pareto.json were made (the journal first, from the repository's root after `mvn test-compile`):

    mvn dependency:build-classpath -Dmdep.outputFile=target/classpath
    java -cp target/classes:target/test-classes:$(cat target/classpath) \
        jsearch.study.GoldenJournal target/golden target/pareto
    cp target/golden/journal.log src/test/resources/jsearch/study/journal.log
    cp target/pareto/journal.log src/test/resources/jsearch/study/pareto.log
    pip install optuna==5.0.0
    cd src/test/resources/jsearch/study
    python read_with_optuna.py journal.log > optuna.json
    python read_with_optuna.py pareto.log > pareto.json
"""

import json
import shutil
import sys
import tempfile

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
with tempfile.TemporaryDirectory() as scratch:
    path = shutil.copy(sys.argv[1], scratch)
    backend = optuna.storages.journal.JournalFileBackend(path)
    study = optuna.load_study(study_name=None, storage=optuna.storages.JournalStorage(backend))
    trials = study.get_trials()
    if len(study.directions) == 1:
        best = {
            "direction": study.direction.name,
            "best_trial": study.best_trial.number,
            "best_value": study.best_trial.value,
        }
    else:
        best = {
            "directions": [direction.name for direction in study.directions],
            "metric_names": study.metric_names,
            "best_trials": [trial.number for trial in study.best_trials],
        }

json.dump(
    {
        "optuna": optuna.__version__,
        "study_name": study.study_name,
        **best,
        "trials": [
            {
                "number": trial.number,
                "state": trial.state.name,
                "values": trial.values,
                "params": trial.params,
                "ranges": {k: [d.low, d.high] for k, d in trial.distributions.items()},
                "intermediate_values": trial.intermediate_values,
                "user_attrs": trial.user_attrs,
                "start": trial.datetime_start.isoformat(timespec="microseconds"),
                "complete": trial.datetime_complete
                and trial.datetime_complete.isoformat(timespec="microseconds"),
            }
            for trial in trials
        ],
    },
    sys.stdout,
    indent=2,
    ensure_ascii=False,
)
print()
