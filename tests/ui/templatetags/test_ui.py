import re
from decimal import Decimal

from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from visavis.ui.templatetags import ui
from visavis.ui.views import icon_names


def test_distances_times_lengths_and_pay_are_said_as_people_say_them() -> None:
    kms = {0.4: "less than 1 km", 1: "1 km", 3.24: "3.2 km", 9.97: "10 km", 12.4: "12 km", None: ""}
    times = {0: "0 min", 45: "45 min", 60: "1 h", 75: "1 h 15 min", None: ""}
    lengths = {27: "2 years 3 months", 12: "1 year", 1: "1 month", 0: "less than a month"}
    with translation.override("en"):
        for say, told in ((ui.km, kms), (ui.minutes, times), (ui.months, lengths)):
            assert {value: say(value) for value in told} == told
        assert ui.pay(Decimal("12.5")) == ui.pay(12.5, 12.5) == "€12.50 gross an hour"
        assert ui.pay(12.5, 14) == "€12.50 to €14.00 gross an hour"
    with translation.override("fr"):
        assert (ui.km(3.2), ui.months(27), ui.months(12)) == ("3,2\xa0km", "2 ans 3 mois", "1 an")
        assert ui.pay(12.5) == "12,50\xa0€ brut de l’heure"
    assert ui.pay(None) == ""


def test_a_query_changes_what_is_named_and_keeps_the_rest() -> None:
    request = RequestFactory().get("/?q=cook&page=3&sort=pay")
    page = Template('{% query page=2 sort="" %}').render(Context({"request": request}))
    assert page == "?q=cook&amp;page=2"


def test_a_part_is_words_and_a_bar_that_stays_in_its_box_and_never_a_number() -> None:
    for part, width in ((-1, 0), (0.554, 55), (2, 100)):
        for language in ("fr", "en"):
            with translation.override(language):
                bar = ui.part_bar(part, "suits well")
            assert f'<rect width="{width}%"' in bar
            assert not re.search(r"\d", re.sub(r"<[^>]+>", " ", bar))
    bar = ui.part_bar(None, "hard to tell yet")
    assert "hard to tell yet" in bar and "<svg" not in bar
    assert 'aria-hidden="true"' in ui.icon("check")


# What points along the line; a refresh, a magnifying glass or a telephone is the same for everybody.
ARROWS = {"back", "forward", "sign-in", "sign-out", "undo"}


def test_an_arrow_points_along_the_line_as_it_is_read() -> None:
    for name in {name for name in icon_names() if not name.endswith("-turned")}:
        drawn = {}
        for language in ("fr", "ar"):
            with translation.override(language):
                drawn[language] = ui.icon(name)
        assert (drawn["ar"] != drawn["fr"]) == (name in ARROWS), name
        assert drawn["ar"].partition("#")[2].partition('"')[0] in icon_names()


SIGNS = {
    "Vous débutez ? Oui : venez !": "Vous débutez\u00a0? Oui\u00a0: venez\u00a0!",
    "« Le zéro déchet » ; rien": "«\u00a0Le zéro déchet\u00a0»\u00a0; rien",
    "Call 04:30, no sign here": "Call 04:30, no sign here",
}


def test_a_sign_stays_with_its_word_a_phone_dials_digits_only_and_far_pages_are_left_out() -> None:
    assert {typed: ui.bound(typed) for typed in SIGNS} == SIGNS
    assert ui.dial("+33 1 99 00 12 34") == "+33199001234"
    assert ui.page_range(Paginator(range(200), 10), 10) == [1, None, 9, 10, 11, None, 20]
