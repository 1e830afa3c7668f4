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


# Their last message is gone on with.
UNFINISHED = [
    [("user", "Which?"), ("assistant", "The answer is")],
    [("system", "You are terse."), ("user", "Which?"), ("assistant", " A letter: ")],
    [("user", "a"), ("assistant", "b"), ("user", "c"), ("assistant", "b\n")],
]


class Fixed(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2026, 3, 7, 9, 5, 2)


chat.datetime = Fixed


def rendered(template, messages, prompt, unfinished=False):
    try:
        texts, _ = chat.render_jinja_template(
            [messages], chat_template=template, add_generation_prompt=prompt, continue_final_message=unfinished,
            **TOKENS)
        return texts[0]
    except (jinja2.TemplateError, ValueError):
        return None


def as_messages(conversations):
    return [[{"role": r, "content": c} for r, c in conversation] for conversation in conversations]


path = Path(__file__).parent / "chat_templates.json"
golden = json.loads(path.read_text(encoding="utf-8"))
golden["made_by"] = {p: version(p) for p in ("transformers", "jinja2")}
golden["tokens"] = TOKENS
golden["conversations"] = as_messages(CONVERSATIONS)
golden["unfinished"] = as_messages(UNFINISHED)
for template in golden["templates"]:
    template["texts"] = [
        {"prompt": prompt, "texts": [rendered(template["template"], c, prompt) for c in golden["conversations"]]}
        for prompt in (False, True)]
    template["unfinished"] = [rendered(template["template"], c, False, True) for c in golden["unfinished"]]
path.write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
