"""Writes the CSV and Parquet files of this directory, and rows.json: what datasets reads from them.

Run here: python make_tables.py (datasets 5.2.0, pandas 3.1.1, pyarrow 26.0.1).
"""

import importlib.metadata
import json
import pathlib

import datasets
import pyarrow
import pyarrow.parquet

HERE = pathlib.Path(__file__).parent

CSV = {
    "plain.csv": 'question,gold,share,open\n"Up, or ""down""?",1,0.5,True\nÜber\tall,0,2,False\n\n"two\nlines",-3,1e3,true\n',
    "gaps.csv": "q,n,flag,word,none\na,1,True,NA,\nb,,,x,\nc,3,False,None,\nd\n",
    "mixed.csv": "a,b,c\n007,1,x\n7,x,1.50\n 8 ,True,2\n",
    "semicolons.csv": "a;b\n1,5;2\n3;4\n",
}
ROWS = [
    {
        "question": f"Question {i}, über?",
        "choices": {"text": ["a", "b\u00fc", None] if i % 2 else [], "label": ["A", "B", "C"]},
        "answerKey": "ABC"[i % 3],
        "n": i - 2,
        "share": i / 3,
        "open": i % 2 == 0,
        "gap": None if i % 3 else "there",
        "nested": [[1, 2], [], None],
        "list_of_structs": [{"a": 1, "b": "x"}, {"a": 2, "b": None}],
        "absent_list": None if i % 2 else ["x"],
    }
    for i in range(5)
]


def main():
    golden = {
        "made_by": {name: importlib.metadata.version(name) for name in ["datasets", "pandas", "pyarrow"]}
    }
    for name, text in CSV.items():
        (HERE / name).write_text(text, encoding="utf-8")
        options = {"sep": ";"} if name == "semicolons.csv" else {}
        golden[name] = rows("csv", name, options)
    table = pyarrow.Table.from_pylist(ROWS)
    for name, options in {
        "snappy.parquet": {"compression": "snappy"},
        "zstd.parquet": {"compression": "zstd", "row_group_size": 2},
        "plain.parquet": {"compression": "none", "use_dictionary": False},
        "second.parquet": {"compression": "zstd", "data_page_version": "2.0"},
        "lz4.parquet": {"compression": "lz4"},
    }.items():
        pyarrow.parquet.write_table(table, HERE / name, **options)
        golden[name] = rows("parquet", name, {})
    pyarrow.parquet.write_table(table, HERE / "gzip.parquet", compression="gzip")
    text = json.dumps(golden, ensure_ascii=False, indent=1)
    (HERE / "rows.json").write_text(text + "\n", encoding="utf-8")


def rows(kind, name, options):
    data = datasets.load_dataset(kind, data_files=str(HERE / name), split="train", **options)
    return data.to_list()


if __name__ == "__main__":
    main()
