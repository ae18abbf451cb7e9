"""Lists that a function writes are those that a template wrote, sign by sign, whatever is in them."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template import engines
from django.utils.translation import gettext_lazy, override

from visavis.portal.context import Link
from visavis.ui import plots, written

EVIL = '<script>alert("1")</script> & \' «x»'
PAGE = (
    '<li><a href="{{ page.url }}"{% if page.is_current %} aria-current="page"{% endif %}>{% icon page.icon %}'
    "{% if page.short == page.label %}{{ page.label }}{% else %}"
    '<span class="long">{{ page.label }}</span><span class="short">{{ page.short }}</span>{% endif %}</a></li>'
)
FILTER = (
    '<li><a href="{{ filter.url }}"{% if filter.is_current %} aria-current="true"{% endif %}>{{ filter.label }}'
    '{% if filter.count is not None %}<span class="count{% if filter.is_hot and filter.count %} hot{% endif %}">'
    "{{ filter.count }}</span>{% endif %}</a></li>"
)
CHOICE = (
    '<label><input type="{{ group.kind }}" form="search" name="{{ group.parameter }}" value="{{ choice.value }}"'
    "{% if choice.is_chosen %} checked{% endif %}><span>{{ choice.label }}</span>"
    '<span class="count">{{ choice.count }}</span></label>'
)
BARS = """{% for bar in plot.bars %}
      <li>{{ bar.label }}<svg>{% if plot.axis.zero %}<line class="zero" x1="{{ plot.axis.zero }}" x2="{{ plot.axis.zero }}" y1="-20%" y2="120%"/>{% endif %}<rect class="bar{% if bar.is_soft %} soft{% endif %}" x="{{ bar.start }}" y="15%" height="70%" width="{{ bar.width }}" rx="3"/></svg><span class="plot__value n">{{ bar.words }}</span></li>
    {% endfor %}"""  # noqa: E501  (as it stood in a template)
MARKS = (
    '{% for tick in axis.ticks %}<line class="tick" x1="{{ tick.at }}" x2="{{ tick.at }}" y1="0" y2="6"/>'
    '<text x="{{ tick.at }}" y="20" text-anchor="middle">{{ tick.words }}</text>{% endfor %}'
)
FIGURES = (
    '{% for bar in plot.bars %}<tr><th scope="row">{{ bar.label }}</th><td class="n">{{ bar.words }}</td></tr>'
    "{% endfor %}"
)
OPENING = """{% load i18n ui %}
<article class="card opening{% if opening.is_aside %} is-aside{% endif %}" id="{{ opening.id }}" tabindex="-1" data-visavis-row aria-labelledby="{{ opening.id }}-title">
  <h3 id="{{ opening.id }}-title">{% if opening.url %}<a href="{{ opening.url }}">{{ opening.title }}</a>{% else %}{{ opening.title }}{% endif %}</h3>
  {% if not opening.is_aside %}
    {% if opening.employer %}<p class="opening__who">{{ opening.employer }}</p>{% endif %}
    {% if opening.line %}<ul class="line brief">{% for fact in opening.line %}<li>{{ fact }}</li> {% endfor %}</ul>{% endif %}
    {% if opening.fit %}
      <div class="why">
        <p>{% part_bar opening.fit.part opening.fit.words %}</p>
        {% if opening.reasons %}<ul class="ticks">{% for reason in opening.reasons %}<li>{% icon "check" %}<span><span class="visually-hidden">{% translate "For:" %} </span>{{ reason }}</span></li>{% endfor %}</ul>{% endif %}
        {% if opening.missing %}<p class="lacks"><b>{% translate "Missing:" %}</b> {{ opening.missing|join:" · " }}</p>{% elif opening.notes %}<p class="lacks"><b>{% translate "Worth knowing:" %}</b> {{ opening.notes|join:" · " }}</p>{% endif %}
      </div>
    {% endif %}
  {% endif %}
  """  # noqa: E501  (as it stood in a template)


def drawn(template: str, **context: Any) -> str:
    return engines["django"].from_string(template).render(context)


def test_a_main_page() -> None:
    for short in ("Messages", EVIL, gettext_lazy("Messages")):
        for is_current in (True, False):
            link = Link("/a/?b=1&c=<2>", gettext_lazy("Messages"), short, "mail", is_current)
            assert written.pages([link]) == drawn(PAGE, page=link)


def test_a_ready_filter() -> None:
    for count in (None, 0, 7, 12_345):
        for is_hot in (True, False):
            line = {
                "url": "/?show=<a>&b",
                "label": EVIL,
                "count": count,
                "is_hot": is_hot,
                "is_current": is_hot,
            }
            assert written.filters([line, line]) == drawn(FILTER, filter=line) * 2
            assert written.filters([SimpleNamespace(**line)]) == drawn(FILTER, filter=line)
    plain = {"url": "/", "label": gettext_lazy("Messages")}
    assert written.filters([plain]) == drawn(FILTER, filter=plain | {"count": None})


def test_a_choice_of_a_search() -> None:
    for value, is_chosen in (("night", True), (EVIL, False)):
        choice = SimpleNamespace(value=value, label=EVIL, count=1_234, is_chosen=is_chosen)
        choices = SimpleNamespace(choices=[choice, choice])
        group = SimpleNamespace(kind="checkbox", parameter=EVIL, filter=choices)
        one = drawn(CHOICE, group=group, choice=choice)
        assert written.choices(group) == f"{one}\n{one}"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_bars_of_a_plot(language: str) -> None:
    for values in ([2.5, 0.0, 1.25], [-1.5, 3.0], [1_234.0]):
        told = zip([EVIL, gettext_lazy("Messages"), "b"], values, strict=False)
        rows = [plots.BarRow(label, value, str(value), is_soft=value < 1) for label, value in told]
        with override(language):
            plot = plots.bars(rows, title="t", label_words="l", value_words="v")
            assert written.bars(plot) == drawn(BARS, plot=plot)
            assert written.marks(plot.axis) == drawn(MARKS, axis=plot.axis)
            assert written.figures(plot) == drawn(FIGURES, plot=plot)


WHOLE = {
    "id": "opening-7",
    "url": "/openings/7/?show=<a>&b",
    "title": EVIL,
    "employer": EVIL,
    "line": [EVIL, gettext_lazy("Messages")],
    "fit": SimpleNamespace(part=0.554, words=EVIL),
    "reasons": [EVIL, gettext_lazy("Messages")],
    "missing": [EVIL, "b"],
    "notes": ["c", EVIL],
}


WITHOUT = (
    (),
    ("url",),
    ("employer", "line"),
    ("fit",),
    ("reasons",),
    ("missing",),
    ("missing", "notes", "reasons"),
)


@pytest.mark.parametrize("more", [{}, {"is_aside": True}, {"fit": SimpleNamespace(part=None, words="new")}])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_card_of_an_opening(more: dict[str, Any], language: str) -> None:
    for without in WITHOUT:
        card = {name: value for name, value in (WHOLE | more).items() if name not in without}
        with override(language):
            whole = drawn('{% include "ui/opening.html" %}', opening=card)
            assert whole == drawn(OPENING, opening=card) + "\n</article>\n"
            assert written.article(card, "") == whole
