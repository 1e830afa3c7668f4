"""Makes layout.json: the cache that huggingface_hub makes of a small repository.

Serves the repository on loopback as the Hub does, lets huggingface_hub download it, and lists what
lies in the cache. Left out are its caches of its own: trees/ and CACHEDIR.TAG, which no reader of
the layout needs, and .locks/.

    python make_layout.py            writes layout.json
    python make_layout.py --serve    serves until interrupted, to try other programs against it
"""

import hashlib
import json
import os
import pathlib
import platform
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REPOSITORY = "org/tiny"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
INDEX = {
    "metadata": {},
    "weight_map": {
        "a": "model-00001-of-00002.safetensors",
        "b": "model-00002-of-00002.safetensors",
    },
}
FILES = {
    "config.json": '{"model_type": "llama"}\n',
    "model-00001-of-00002.safetensors": "the first shard",
    "model-00002-of-00002.safetensors": "the second shard",
    "model.safetensors.index.json": json.dumps(INDEX),
    "tokenizer.json": '{"version": "1.0"}\n',
}
LARGE = {name for name in FILES if name.endswith(".safetensors")}


def git_blob(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class Hub(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.answer(False)

    def do_GET(self):
        self.answer(True)

    def answer(self, body):
        path = self.path.split("?")[0]
        api = f"/api/models/{REPOSITORY}"
        resolve = f"/{REPOSITORY}/resolve/{COMMIT}/"
        if path in (f"{api}/revision/main", f"{api}/revision/{COMMIT}"):
            siblings = [{"rfilename": name} for name in FILES]
            self.json({"id": REPOSITORY, "sha": COMMIT, "siblings": siblings})
        elif path == f"{api}/tree/{COMMIT}":
            self.json([self.entry(name) for name in FILES])
        elif path.startswith(resolve) and path[len(resolve) :] in FILES:
            name = path[len(resolve) :]
            data = FILES[name].encode()
            if name in LARGE:
                self.send_response(302)
                # Another host, as the Hub's large file storage is.
                port = self.server.server_port
                self.send_header("Location", f"http://localhost:{port}/large/{name}")
                self.send_header("X-Linked-Etag", f'"{hashlib.sha256(data).hexdigest()}"')
                self.send_header("X-Linked-Size", str(len(data)))
                data = b""
            else:
                self.send_response(200)
                self.send_header("ETag", f'"{git_blob(data)}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.content(data, body)
        elif path.startswith("/large/"):
            self.send_response(200)
            self.content(FILES[path[len("/large/") :]].encode(), body)
        else:
            self.send_response(404)
            self.content(b"", body)

    def entry(self, name):
        data = FILES[name].encode()
        entry = {"type": "file", "path": name, "size": len(data), "oid": git_blob(data)}
        if name in LARGE:
            sha = hashlib.sha256(data).hexdigest()
            entry["lfs"] = {"oid": sha, "size": len(data), "pointerSize": 100}
        return entry

    def json(self, value):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.content(json.dumps(value).encode(), True)

    def content(self, data, body):
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if body:
            self.wfile.write(data)

    def log_message(self, *_):
        pass


def listing(root):
    found = {}
    for path in sorted(root.glob("models--*/*/**/*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            found[name] = "-> " + os.readlink(path)
        elif path.is_file() and "/trees/" not in name:
            found[name] = "sha256 " + hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    endpoint = f"http://127.0.0.1:{server.server_port}"
    if "--serve" in sys.argv:
        print(endpoint, flush=True)
        server.serve_forever()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HF_HOME=home, HF_ENDPOINT=endpoint, HF_HUB_DISABLE_XET="1")
        import huggingface_hub

        huggingface_hub.snapshot_download(REPOSITORY)
        layout = {
            "made_by": {
                "huggingface_hub": huggingface_hub.__version__,
                "python": platform.python_version(),
            },
            "repository": REPOSITORY,
            "commit": COMMIT,
            "files": FILES,
            "cache": listing(pathlib.Path(home, "hub")),
        }
    path = pathlib.Path(__file__).with_name("layout.json")
    path.write_text(json.dumps(layout, indent=2) + "\n")


if __name__ == "__main__":
    main()
