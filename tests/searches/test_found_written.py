"""The cards of what a search found are those that a template wrote, sign by sign, whatever is in them."""

import datetime as dt
from typing import Any

import pytest
from django.template import engines
from django.utils.translation import override

from visavis.searches.found import Part
from visavis.searches.templatetags.searches import written_found
from visavis.ui import written

EVIL = '<script>alert("1")</script> & \' «x»'
UNDER = """{% if opening.why or opening.snippet %}<div class="small">
  {% for sentence in opening.why %}<p>{{ sentence }}</p>{% endfor %}
  {% if opening.snippet %}<p class="muted">{% for part in opening.snippet %}{% if part.is_hit %}<mark>{{ part.text }}</mark>{% else %}{{ part.text }}{% endif %}{% endfor %}</p>{% endif %}
</div>{% endif %}
<p class="small muted">{% if opening.since %}{% blocktranslate trimmed with day=opening.since|day %}Published on {{ day }}{% endblocktranslate %}{% endif %}{% if opening.source %} · {% translate "The link leads to the site that published it" %} · <a href="{% url "vacancies:report" vacancy_id=opening.number %}">{% translate "Report this ad" %}<span class="visually-hidden"> – {{ opening.title }}</span></a>{% endif %}{% for words in opening.hers %} <span class="tag info">{{ words }}</span>{% endfor %}</p>
"""  # noqa: E501  (as it stood in a template)
WHOLE: dict[str, Any] = {
    "id": "vacancy-7",
    "number": 7,
    "url": "https://jobs.example/?a=<1>&b",
    "title": EVIL,
    "employer": EVIL,
    "line": [EVIL],
    "since": dt.datetime(2026, 12, 1, 23, 30, tzinfo=dt.UTC),
    "why": [EVIL, "found by its title"],
    "snippet": [Part("… "), Part(EVIL, is_hit=True), Part(EVIL)],
    "source": "https://jobs.example/",
    "hers": [EVIL, "kept"],
}
NOTHING: dict[str, Any] = {"since": None, "why": [], "snippet": (), "source": "", "hers": []}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_was_found(language: str) -> None:
    template = engines["django"].from_string(UNDER)
    for without in ((), *((name,) for name in NOTHING), ("why", "snippet"), tuple(NOTHING)):
        card = WHOLE | {name: NOTHING[name] for name in without}
        with override(language):
            under = template.render({"opening": card})
            assert written_found([card, card]) == written.article(card, under) * 2
