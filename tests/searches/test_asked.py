"""A search in an address, the place that words name, and the cards of what was found, sign by sign."""

import datetime as dt
from typing import Any

import pytest
from django.template import engines
from django.utils.translation import override

from visavis.commands.search import places
from visavis.searches.asked import Asked
from visavis.searches.found import Part
from visavis.searches.templatetags.searches import written_found
from visavis.ui import written


def test_a_search_comes_back_from_its_address() -> None:
    asked = Asked(
        words="boulanger de nuit",
        commune="26362",
        reach_km=30,
        contracts=("permanent", "fixed_term"),
        hours="part",
        days=("no-nights",),
        has=("none",),
        pay_least=12.5,
        since_days=7,
        in_limits=True,
        literally=("place",),
        order="date",
        page=3,
    )
    pairs: dict[str, list[str]] = {}
    for name, value in asked.params():
        pairs.setdefault(name, []).append(value)
    assert Asked.from_params(pairs) == asked


def test_what_makes_no_sense_counts_as_not_asked_and_another_choice_begins_at_page_one() -> None:
    assert Asked().params() == []
    for name, value in (
        ("km", "beaucoup"),
        ("km", "-3"),
        ("pay", "nan"),
        ("pay", "1e999"),
        ("since", "0"),
        ("order", "salaire"),
        ("page", "99999999999999999999"),
        ("hours", "\0"),
        ("mine", "oui"),
    ):
        assert Asked.from_params({name: [value]}) == Asked()
    assert Asked(page=4).but(order="date").page == 1
    with pytest.raises(TypeError, match="colour"):
        Asked().but(colour="red")


def test_a_place_is_known_by_its_name_and_a_word_of_work_is_none() -> None:
    for words, announced, kind, code in (
        ("puy en velay", True, "town", "43157"),
        ("st etienne", True, "town", "42218"),
        ("26000", False, "town", "26362"),
        ("07", True, "department", "07"),
        ("drome", False, "department", "26"),
        ("bretagne", True, "region", "53"),
        ("switzerland", True, "country", "suisse"),
        ("macon", True, "town", "71270"),
    ):
        found = places()(words.split(), announced)
        assert found is not None and (found.kind, found.code) == (kind, code)
    for words, announced in (("macon", False), ("vignes", True), ("mer", True), ("35", False), ("", True)):
        assert places()(words.split(), announced) is None


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
