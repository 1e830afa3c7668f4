"""Makes chat_templates.json: conversations, and what mergekit's templates by name render of them.

    pip install mergekit==0.1.4 "transformers<5" && python make_chat_goldens.py

Rendered as transformers does; null where the template refuses the conversation.
"""

import importlib.resources
import json
from importlib.metadata import version
from pathlib import Path

from jinja2.sandbox import ImmutableSandboxedEnvironment
from mergekit._data import chat_templates


class Refused(Exception):
    pass


def refuse(message):
    raise Refused(message)


environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
environment.globals["raise_exception"] = refuse

CONVERSATIONS = [
    [("user", "hi")], [("user", " q \n")], [("system", "be  "), ("user", " q \n")],
    [("system", "sys"), ("user", "one"), ("assistant", " two "), ("user", "three")],
    [("user", "one"), ("assistant", "two")], [("user", "a"), ("assistant", "b"), ("user", "c"), ("assistant", "d")],
    [("system", "s"), ("user", "a"), ("assistant", "b"), ("system", "again"), ("user", "c")],
    [("assistant", "first")], [("system", "only")], [("user", "x"), ("user", "y")],
    [("user", "instruction"), ("user_context", " context ")],
    [("system", "s1"), ("system", "s2"), ("user", "z"), ("user_context", "c"), ("assistant", "ok")],
    [("tool", "t"), ("user", "u")], [("user", "u"), ("tool", "t")], [("user", "{{ é }} 'x' \"y\" <b>&")],
]


def rendered(name, messages, prompt):
    text = importlib.resources.files(chat_templates).joinpath(name + ".jinja").read_text()
    try:
        return environment.from_string(text).render(
            messages=messages, add_generation_prompt=prompt, bos_token="<s>", eos_token="</s>")
    except Refused:
        return None


cases = []
for conversation in CONVERSATIONS:
    messages = [{"role": role, "content": content} for role, content in conversation]
    for prompt in (False, True):
        texts = {name: rendered(name, messages, prompt)
                 for name in ("alpaca", "chatml", "exaone", "llama3", "mistral")}
        cases.append({"messages": messages, "add_generation_prompt": prompt, "texts": texts})
(Path(__file__).parent / "chat_templates.json").write_text(json.dumps(
    {"made_by": {p: version(p) for p in ("mergekit", "jinja2")}, "cases": cases}, indent=1, ensure_ascii=False) + "\n")
