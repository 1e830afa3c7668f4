"""Writes snippets.json: what Jinja, as transformers sets it up for chat templates, renders of small templates.

    pip install transformers==5.24.0 jinja2==3.1.6 && python make_snippets.py

A snippet without text is an error there.
"""

import copy
import json
from importlib.metadata import version
from pathlib import Path

import transformers.utils.chat_template_utils as chat

VALUES = {
    "s": "  Hello, Wörld 🦙 'q' \"d\"\n", "w": "a,b,,c d", "e": "", "n": 3, "z": 0, "f": 2.5, "t": True, "no": None,
    "l": [3, 1, 2], "ls": ["b", "A", "c", "b"], "le": [], "d": {"b": [1, 2], "a": 1, "items": 5, "k": None},
    "msgs": [{"role": "system", "content": " sys "}, {"role": "user", "content": "hi\nthere"},
             {"role": "assistant", "calls": [{"name": "f", "arguments": {"x": 1.0, "y": [True, None]}}]}],
}
SNIPPETS = """\
{{ '🦙'|length }} {{ '🦙x'[1:] }} {{ s[::-1]|trim }} {{ s[8:13] }} {{ s.find('🦙') }} {{ s.find("'") }}
{{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 % -3 }} {{ 7/2 }} {{ 6/2 }} {{ 2**3 }} {{ 2**-1 }} {{ 7.5 // 2 }} {{ -7.5 % 2 }}
{{ 1.0 }} {{ 1e20 }} {{ 1e16 }} {{ 123456789.25 }} {{ 0.1+0.2 }} {{ 1e-5 }} {{ -0.0 }} {{ 1_000 }} {{ 0x1f }} {{ 5e3 }}
{{ 2.5|round }} {{ 3.5|round }} {{ 2.675|round(2) }} {{ 7|round }} {{ -3|abs }} {{ 3.7|int }} {{ '3'|int + 1 }} {{ 'x'|int(7) }}
{{ [1,'a',None,True,1.5,(1,),(),"it's"] }} {{ {'a':[1,{'b':none}]} }} {{ s }} {{ [s] }} {{ '\\x07\\u00e9'|list }}
{{ 'a' ~ 1 ~ none ~ true ~ 1.0 ~ undef }} {{ 'a' 'b' }} {{ 'x' * 3 }} {{ [1]*2 }} {{ [1] + [2] }} {{ true + 1 }}
{{ '' == false }} {{ 0 == false }} {{ 1 == true }} {{ 1 == 1.0 }} {{ '1' == 1 }} {{ none == false }} {{ undef == undef }}
{{ [1,2] == [1,2] }} {{ {'a':1,'b':2} == {'b':2,'a':1} }} {{ (1,2) == [1,2] }} {{ 1 != '1' }} {{ [1] in [[1]] }}
{{ 1 < 2 < 3 }} {{ 3 > 2 > 2 }} {{ 'b' > 'a' }} {{ [1,2] < [1,3] }} {{ 'Z' < 'a' }} {{ '🦙' > '\\uffff' }}
{{ 1 < 'a' }}
{{ none + 1 }}
{{ 'a' + 1 }}
{{ undef }}|{{ undef is defined }}|{{ not undef }}|{{ undef|length }}|{{ 'a' in undef }}|{{ undef ~ 'x' }}
{{ undef.x }}
{{ undef + 'x' }}
{{ undef() }}
{{ d.zz }}|{{ d.zz is defined }}|{{ d['zz']|default('D') }}|{{ d.get('zz') }}|{{ d.get('zz','x') }}|{{ l[9] }}|{{ no.x }}
{{ d.zz.y }}
{{ d['items'] }} {{ d.items()|list }} {{ d.keys() }} {{ d.values()|list }} {{ d|items|list }} {{ d|dictsort }} {{ d|length }}
{{ l[0] }} {{ l[-1] }} {{ l[1:] }} {{ l[:-1] }} {{ l[::2] }} {{ l[::-1] }} {{ l[5:] }} {{ w[2] }} {{ msgs[0].role }} {{ msgs.0.role }}
{{ no[1:] }}
{{ s.strip() }}|{{ s|trim }}|{{ s.rstrip() }}|{{ s.lstrip('H ') }}|{{ '\\u00a0a\\u0085'.strip() }}|{{ 'xax'|trim('x') }}
{{ w.split(',') }} {{ w.split(',', 1) }} {{ w.rsplit(',', 1) }} {{ w.split() }} {{ w.partition(',') }}
{{ ' a b  c '.split(none, 1) }} {{ ' a b  c '.rsplit(none, 1) }} {{ ' a b '.rsplit() }}
{{ w.split('') }}
{{ 'hello wORLD it\\'s'.title() }} {{ 'hELLO'|capitalize }} {{ 'it\\'s a-b (c)'|title }} {{ 'ß'.upper() }} {{ 'ÀB'.lower() }}
{{ 'a\\nb\\r\\nc\\x0bd'.splitlines() }} {{ 'abc'.startswith(('x','a')) }} {{ 'aXbX'.count('X') }} {{ 'aXbX'.replace('X','',1) }} {{ 'ab'.replace('','-') }}
{{ ', '.join(ls) }} {{ ls|join('-') }} {{ l|join }} {{ msgs|map(attribute='role')|join(', ') }} {{ 'abc'|join('.') }}
{{ ','.join(l) }}
{{ '%s is %d%% %5.2f|%-4s|%03d' % ('a', 3, 1.005, 'b', 7) }} {{ '%(x)s' % {'x': 1} }} {{ '{} {1} {x}'.format(1, x=2) if false else '{}-{}'.format(1, 'b') }}
{{ 'abc'.removeprefix('a') }} {{ 'abc'.removesuffix('c') }} {{ '12'.isdigit() }} {{ ''.isdigit() }} {{ 'é'.isalpha() }} {{ ' \\n'.isspace() }}
{{ msgs|tojson }} {{ msgs[2]|tojson(indent=2) }} {{ 'é"\\\\\\n\\x01'|tojson }} {{ 'é🦙'|tojson(ensure_ascii=true) }} {{ d|tojson(sort_keys=true) }} {{ l|tojson(separators=(',',':')) }}
{{ ls|sort }} {{ ls|sort(case_sensitive=true) }} {{ ls|sort(reverse=true) }} {{ ls|unique|list }} {{ l|sum }} {{ l|max }} {{ l|min }} {{ le|max }} {{ l|reverse|list }} {{ 'abc'|reverse }}
{{ ls|first }} {{ ls|last }} {{ le|first }}|{{ ls|list|length }} {{ 'abc'|list }} {{ ls|map('upper')|list }} {{ l|select('odd')|list }} {{ l|reject('eq', 1)|list }}
{{ msgs|selectattr('role','equalto','user')|list }} {{ msgs|rejectattr('content','defined')|map(attribute='role')|list }} {{ msgs|map(attribute='content',default='-')|list }}
{{ 'a\\nb\\n\\nc'|indent(2) }} {{ 'a\\nb'|indent(2, true) }} {{ 'a\\n\\nb'|indent('> ', blank=true) }}
{{ no|default('D') }} {{ no|default('D', true) }} {{ e or 'x' }} {{ n and 'y' }} {{ z or le or 'end' }} {{ not 1 == 2 }} {{ 1 if e }}|{{ 1 if z else 2 if e else 3 }}
{{ n is number }} {{ t is number }} {{ t is integer }} {{ f is float }} {{ s is string }} {{ d is mapping }} {{ d is sequence }} {{ s is iterable }} {{ n is iterable }} {{ no is none }} {{ t is true }} {{ n is odd }} {{ n is divisibleby 3 }} {{ 'a' is in 'abc' }} {{ n is not none }} {{ 'ab' is lower }} {{ range is callable }}
{{ n is nosuch }}
{{ n|nosuch }}
{{ range(5)|list }} {{ range(5, 0, -2)|list }} {{ range(3) }} {{ dict(a=1) }} {{ dict([('x', 2)], y=3) }} {{ (1, 2)[1] }} {{ {'a': 1, 'a': 2} }} {{ {1: 'x'}[1.0] }}
{{ 1, 2 }} {{ (n) }} {{ () }} {{ [1,] }} {{ -n|abs }} {{ -2**2 }} {{ 2 * 3 ~ 4 }}
{% for c in 'a🦙' %}{{ loop.index }}{{ c }}{% if not loop.last %},{% endif %}{% endfor %} {% for k in d %}{{ k }}{% endfor %} {% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}
{% for i in l if i != 1 %}{{ loop.index0 }}/{{ loop.length }}/{{ loop.revindex }}/{{ loop.first }}/{{ loop.previtem }}/{{ loop.nextitem is defined }} {% endfor %}
{% for i in le %}x{% else %}none{% endfor %} {% for i in undef %}x{% endfor %} {% for i in range(6) %}{% if i == 1 %}{% continue %}{% elif i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}
{% for i in n %}{% endfor %}
{% for a, b in [[1,2,3]] %}{% endfor %}
{% for i in [1,1,2] %}{{ loop.changed(i) }}{{ loop.cycle('a','b') }}{% endfor %}
{% set a = 1 %}{% for i in [1] %}{% set a = 2 %}{{ a }}{% endfor %}{{ a }} {% if t %}{% set a = 3 %}{% endif %}{{ a }}
{% set ns = namespace(a=1, b='') %}{% for i in range(3) %}{% set ns.a = ns.a + i %}{% set ns.b = ns.b ~ i %}{% endfor %}{{ ns.a }}{{ ns.b }}{{ ns.c }}
{% set d.x = 1 %}
{% set x, y = 1, 2 %}{{ x }}{{ y }} {% set b %}a{{ 1 }} {% endset %}[{{ b }}]{{ b|length }} {% set c | upper | trim %} x{% endset %}[{{ c }}]
{% macro f(a, b=2, c=a) %}{{ a }}-{{ b }}-{{ c }}|{% endmacro %}{{ f(1) }}{{ f(1, 3) }}{{ f(b=1, a=5) }}{{ f() }}
{% macro f(a) %}{{ kwargs }}{{ varargs }}{% endmacro %}{{ f(1, 2, x=3) }}
{% macro f(a) %}{{ a }}{% endmacro %}{{ f(1, 2) }}
{% macro f(a) %}<{{ caller(a) }}>{% endmacro %}{% call(x) f(7) %}{{ x }}!{% endcall %}
{% macro f() %}{{ n }}{% endmacro %}{{ f() }}{% set n = 5 %}{{ f() }}
{% for i in l %}{{ n }}{% endfor %}{% set n = 5 %}{% for i in l %}{{ n }}{% endfor %}
{% for i in [1, 2] %}{{ n }}{% set n = 5 %}{{ n }}{% endfor %}{{ n }}
{% filter upper %}abc{{ s|trim }}{% endfilter %} {% with a=1, b=n %}{{ a }}{{ b }}{% endwith %}{{ a }} {% generation %}a{% set q = 1 %}{% endgeneration %}{{ q }}b
  {% if t %}\\n  x\\n  {% endif %}\\ny
\\n  {%- if t -%}  \\n x \\n {%- endif -%}\\n y
{%+ if t %}\\nx{% endif +%}\\ny {{- n -}} \\nz
a {# c #} b\\n  {#- d -#}\\n c\\n{# e #}\\nf
{% raw %}{{ a }}{% b %}{% endraw %}\\n{%- raw -%} x {%- endraw %}\\n y
x\\n\\n
{{ '{{' }} {{ {'a': {'b': 1}} }} {{ "%}" }} {# {{ #}
{{ ls.append('x') }}
{{ d.pop('a') }}
{{ raise_exception('no ' ~ n) }}
{{ (l|map('string')|list)[0] }} {{ l|map('string') is string }} {{ l|map('string') is iterable }} {% set g = l|select %}{{ g|list }}{{ g|list }}
{{ '<a>'|safe }} {{ (n|tojson|safe) }} {{ 'a'|string }} {{ 5|string + 'a' }}
{{ n
{% if n %}x
{{ n }
{{ 'abc }}
{% endfor %}
{% foo %}
{{ n. }}
{{ a b }}
{% set = 1 %}
{% for x on l %}{% endfor %}
{{ (1 }}
{{ f(a=1, 2) }}
{{ ]
""".split("\n")[:-1]


def rendered(snippet):
    try:
        template = chat._compile_jinja_template(snippet)
        return template.render(**copy.deepcopy(VALUES))
    except Exception:
        return None


snippets = [s.replace("\\n", "\n") if s.startswith(("  ", "\\n", "{%+", "a {#", "{% raw", "x\\n")) else s for s in SNIPPETS]
golden = {
    "made_by": {p: version(p) for p in ("transformers", "jinja2")},
    "values": VALUES,
    "snippets": [{"template": s, "text": rendered(s)} for s in snippets],
}
path = Path(__file__).parent / "snippets.json"
path.write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
