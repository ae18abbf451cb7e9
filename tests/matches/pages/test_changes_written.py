"""The cards of what one change would open are those that a template wrote, sign by sign, whatever is in them."""

from typing import Any

import pytest
from django.template import Context, engines
from django.utils.translation import override

from visavis.matches.pages.unlocking import Change
from visavis.matches.templatetags.matches import written_changes

EVIL = '<script>alert("1")</script> & \' «x»'
CARDS = """{% for change in changes %}
        <li class="card"><p class="h3">{{ change.sentence }}</p><p>{{ change.openings }}<br>{{ change.chance }}</p>
          {% if change.examples %}<ul class="line">{% for example in change.examples %}<li>{{ example }}</li>{% endfor %}</ul>{% endif %}
          <form method="post" class="stack tight">{% csrf_token %}{% if change.instead_of %}<label for="instead-{{ forloop.counter }}">{% translate "Five occupations are wanted, the most there can be. Which gives its place?" %}</label><select id="instead-{{ forloop.counter }}" name="instead" required><option value="">{% translate "Choose" %}</option>{% for number, words in change.instead_of %}<option value="{{ number }}">{{ words }}</option>{% endfor %}</select>{% endif %}<div class="buttons"><button class="button quiet small" name="change" value="{{ change.key }}">{{ change.button }}<span class="visually-hidden"> – {{ change.sentence }}</span></button></div></form>
        </li>
      {% endfor %}"""  # noqa: E501  (as it stood in a template)
WHOLE: dict[str, Any] = {
    "sentence": EVIL,
    "openings": "3 more openings",
    "chance": EVIL,
    "gain": 1.5,
    "examples": [EVIL, "Baker"],
    "key": "skill:<S1>:0",
    "button": EVIL,
    "instead_of": [(1_234, EVIL), (7, "Baker")],
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("without", [(), ("examples",), ("instead_of",), ("examples", "instead_of")])
def test_what_one_change_would_open(without: tuple[str, ...], language: str) -> None:
    changes = [Change(**WHOLE), Change(**(WHOLE | {name: [] for name in without}))]
    with override(language):
        told = {"changes": changes, "csrf_token": "token"}
        template = engines["django"].from_string(CARDS).template  # type: ignore[attr-defined]
        assert written_changes(Context(told), changes) == template.render(Context(told))
