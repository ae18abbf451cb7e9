"""The public pages: what the companion is, what we know, what is published."""

import zipfile
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from tests.traces.test_counting import come
from visavis.privacy.estimates import Rule
from visavis.traces import counting, packing
from visavis.traces.models import Period
from visavis.traces.views import figures


def page(name: str, query: str = "", language: str = "en") -> str:
    return Client().get(reverse(f"traces:{name}") + query, headers={"Accept-Language": language}).text


def test_the_figures_say_what_is_missing_where_nothing_is_published(db: None, quarter: Period) -> None:
    assert "No figures yet" in page("figures")
    come(quarter, 200)
    counting.publish(quarter)
    shown = page("figures")
    assert "Nothing is published of this group: about 8,800 more reports are needed" in shown


def test_published_shares_are_drawn_with_intervals(quarter: Period, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "RULE", Rule(widest=0.5, fewest=100))
    come(quarter, 800)
    counting.publish(quarter)
    assert 'class="span"' in page("figures", "?group=m18")
    assert figures.names()["m18"] in page("figures", "?group=m18", "fr")
    assert figures.rounded(8924) == 9000 and figures.rounded(1234) == 1300
    assert "100" in figures.number_words(3)


def test_the_companion_is_given_for_each_program_and_the_page_tells_what_we_know(db: None) -> None:
    for target in packing.FILES:
        given = Client().get(reverse("traces:download", kwargs={"target": target}))
        assert "manifest.json" in zipfile.ZipFile(BytesIO(given.content)).namelist()
        assert given.headers["Content-Disposition"] == f'attachment; filename="{packing.FILES[target]}"'
    shown = page("knowing")
    assert "2.7 to one" in shown and "55 to one" in shown
    articles = [f"article {one}" for one in ("6", "7", "9", "13", "22", "25", "35", "5(3)", "82")]
    assert [one for one in (*articles, "L. 32-3", "annex III, point 4") if one not in shown] == []


def test_two_people_of_a_role_read_the_same_and_nobody_is_led_to_a_page_that_is_not_hers(town: Town) -> None:
    def main(persona: str, name: str) -> str:
        text = town.client(persona).get(reverse(f"traces:{name}")).text
        return text.split("<main")[1].split("</main>")[0]

    for name in ("companion", "knowing", "figures"):
        assert main("amelie", name) == main("gael", name)
        assert main("bruno", name) == main("dario", name)
    for persona in ("bruno", "chloe", "nadia", "ines"):
        for name in ("companion", "knowing"):
            shown = town.client(persona).get(reverse(f"traces:{name}")).text
            assert reverse("traces:mine") not in shown
            assert reverse("jobseekers:question", kwargs={"question": "interests"}) not in shown
