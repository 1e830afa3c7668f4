"""Fills chat_templates.json: what transformers renders of published chat templates.

    pip install transformers==5.24.0 jinja2==3.1.6 && python make_chat_goldens.py

The templates stand in the golden itself, each with the model that publishes it and its licence; this script
renders them anew. A text is null where the template refuses the conversation. Now is 2026-03-07 09:05:02.
"""

import datetime
import json
from importlib.metadata import version
from pathlib import Path

import jinja2
import transformers.utils.chat_template_utils as chat

TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
HARD = " \n Ünïcode 'single' \"double\" <b>&amp;</b> 漢字 🦙\tTab\\n {{ x }} {% y %}\n\nlast line  \n"
CONVERSATIONS = [
    [("user", "Hello")],
    [("system", "You are terse."), ("user", "What is 2+2?")],
    [("user", "Hi"), ("assistant", "Hello! How are you?"), ("user", "Fine.")],
    [("system", "  sys with spaces \n"), ("user", HARD), ("assistant", HARD), ("user", HARD)],
    [("user", "a"), ("assistant", "<think>\nlet me see\n</think>\n\nThe answer."), ("user", "b")],
    [("system", ""), ("user", "")],
    [("user", "one"), ("user", "two"), ("assistant", "three ")],
]


class Fixed(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2026, 3, 7, 9, 5, 2)


chat.datetime = Fixed


def rendered(template, messages, prompt):
    try:
        texts, _ = chat.render_jinja_template(
            [messages], chat_template=template, add_generation_prompt=prompt, **TOKENS)
        return texts[0]
    except jinja2.TemplateError:
        return None


path = Path(__file__).parent / "chat_templates.json"
golden = json.loads(path.read_text(encoding="utf-8"))
golden["made_by"] = {p: version(p) for p in ("transformers", "jinja2")}
golden["tokens"] = TOKENS
golden["conversations"] = [[{"role": r, "content": c} for r, c in conversation] for conversation in CONVERSATIONS]
for template in golden["templates"]:
    template["texts"] = [
        {"prompt": prompt, "texts": [rendered(template["template"], c, prompt) for c in golden["conversations"]]}
        for prompt in (False, True)]
path.write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
