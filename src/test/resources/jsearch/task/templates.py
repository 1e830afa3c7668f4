"""Writes templates.json: what lm-evaluation-harness's Jinja makes of these templates.

Run: python templates.py (lm_eval 0.4.13, Jinja2 3.1.6). Outputs that are null are errors there.
"""

import importlib.metadata
import json
import pathlib

import jinja2
from lm_eval.utils import apply_template

DOC = {
    "question": "What is 3 < 4 & \"so\" on?",
    "padded": "  two words \n",
    "braces": "{{ question }} and {% raw %}",
    "choices": {"text": ["red", "it's", "a \"b\""], "label": ["A", "B", "C"]},
    "numbers": [3, 1, 2],
    "label": 1,
    "share": 0.5,
    "round": 2.0,
    "yes": True,
    "nothing": None,
    "first name": "Ada",
    "hypothesis": "It rains.",
    "empty_text": "",
}

TEMPLATES = [
    "Question: {{question}}\nAnswer:",
    "{{question}}\n",
    "{{question}}\n\n",
    "{{question}} ",
    "  {{question}}",
    "\n{{question}}",
    "{{ padded }}|{{padded.strip()}}|{{padded|trim}}|{{padded.rstrip()}}",
    "{{braces}}",
    "{{choices.text[label]}}",
    "{{choices['text'][0]}} {{choices['label'][2]}}",
    "{% for c in choices.text %}{{choices.label[loop.index0]}}. {{c}}\n{% endfor %}Answer:",
    "{% for c in choices.text %}\n{{loop.index}}. {{c}}\n{% endfor %}\nAnswer:",
    "{%- for c in choices.text -%}\n {{c}} \n{%- endfor -%}\nend\n",
    "{% if label == 1 %}one{% else %}other{% endif %}\nrest",
    "{% if yes and not nothing %}\nsure\n{% endif %}\n",
    "{# a remark #}text{# another #}\n",
    "{% set answer = choices.text[label] %}{{answer}}!",
    "{{label}} {{share}} {{round}} {{label + 1}} {{numbers[0] * 2}}",
    "{{yes}} {{nothing}}",
    "{{numbers}}",
    "{{choices.text}}",
    "{{[choices.text[0], question]}}",
    "{{['A', 'B'][label]}}",
    "{{question[:4]}}|{{question[-3:]}}|{{question|length}}|{{numbers|join(', ')}}",
    "{{question|lower}} {{question|upper}} {{question.replace('3', 'three')}}",
    "{{ 'True' if yes else 'False' }}, {{ hypothesis.rstrip('.') }}",
    "{{hypothesis|replace('rains', 'pours')}} {{hypothesis.split(' ')[0]}}",
    "{{'{{literal}}'}} }} %}",
    "{% raw %}{{kept}}{% endraw %}",
    "a {{- question -}} b",
    "{{question}}{{'\\n'}}next",
    "{{\"back\\\\slash\"}}",
    "{{numbers|sum}} {{numbers|sort}} {{numbers|max}}",
    "{{7 // 2}} {{7 / 2}} {{7 % 3}} {{2 ** 3}}",
    "{{question ~ ' ' ~ label}}",
    "{{missing}}",
    "{{choices.missing}}",
    "{{choices.text[7]}}",
    "{% if missing is defined %}yes{% else %}no{% endif %}",
    "{{missing|default('none')}}",
    "{% for x in missing %}{{x}}{% endfor %}",
    "{% if missing %}yes{% endif %}",
    "{{empty_text}}<{{empty_text}}",
    "{{question",
    "{% if yes %}open",
    "{{question|no_such_filter}}",
    "{% nosuchtag %}",
    "line one\nline two {{ question. }}",
    "{{regex|default('x')}}{{question|regex_replace('[0-9]+', '#')}}",
    "caf\u00e9 {{hypothesis}} \U0001f600",
    "tab\t{{hypothesis}}\r\nnext",
]


def render(template):
    try:
        return apply_template(template, DOC)
    except (jinja2.TemplateError, TypeError):
        return None


golden = {
    "made_by": "lm_eval %s, Jinja2 %s"
    % (importlib.metadata.version("lm_eval"), importlib.metadata.version("jinja2")),
    "doc": DOC,
    "cases": [{"template": t, "output": render(t)} for t in TEMPLATES],
}
target = pathlib.Path(__file__).with_name("templates.json")
target.write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")
