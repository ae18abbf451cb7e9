"""What one change would open: each line has a button that makes it, or asks in place what only she knows."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.template import Context, engines
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests import factories
from tests.personas import Town
from visavis.catalog.models import Occupation
from visavis.engine.explain.unlock import LEAST_CHANCE
from visavis.jobseekers import changing, services
from visavis.jobseekers.models import Jobseeker, WantedOccupation
from visavis.jobseekers.questions import QUESTIONS
from visavis.matches.bridge import one_person
from visavis.matches.bridge.one_person import Unlock
from visavis.matches.pages import unlocking
from visavis.matches.pages.unlocking import Change
from visavis.matches.templatetags.matches import written_changes
from visavis.vacancies.models import SkillAsked

pytestmark = pytest.mark.django_db
MORE = reverse("matches:more")

KINDS = [
    Unlock(kind, code, by, 1, (), 1.0)
    for kind, code, by in (
        ("radius", "", 10.0), ("licence", "C", 0.0), ("language", "de", 3.0), ("contract", "temporary", 0.0),
        ("condition", "night", 0.0), ("pay", "", 1.0), ("start", "", 14.0), ("hours_more", "", 5.0),
        ("hours_fewer", "", 5.0), ("skill", "NEW", 0.0), ("occupation", "N9999", 0.0),
    )
]  # fmt: skip


def content(client: Client, url: str = MORE) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def digests(person: Jobseeker) -> dict[str, str]:
    fresh = services.reread(person)
    return {question.slug: question.digest(fresh) for question in QUESTIONS}


@pytest.fixture
def amelie(baker: Jobseeker) -> Jobseeker:
    """Amélie has said each thing that a change could change."""
    factories.SkillFactory(code="NEW")
    factories.OccupationFactory(code="N9999")
    baker.licences, baker.avoided_conditions = ["B"], ["night", "cold"]
    baker.hours_min, baker.hours_max = Decimal(20), Decimal(30)
    baker.available_on = dt.date(2090, 6, 1)
    baker.pay_amount, baker.pay_unit, baker.lowest_pay_hour = Decimal(15), "hour", Decimal(15)
    baker.save()
    return services.reread(baker)


def wanted(person: Jobseeker) -> list[str]:
    return list(person.wishes.order_by("position").values_list("occupation_id", flat=True))


def wants_five(person: Jobseeker) -> None:
    """Give her as many occupations as one may want."""
    for number in range(2, 6):
        said = {"typed": f"métier {number}", "position": number}
        occupation = factories.OccupationFactory(code=f"N100{number}")
        WantedOccupation.objects.create(jobseeker=person, occupation=occupation, **said)


@pytest.mark.parametrize("unlock", KINDS, ids=lambda one: one.kind)
@pytest.mark.parametrize(("who", "says_little"), [("amelie", False), ("bruno", True)])
def test_every_kind_of_line_makes_its_change_where_it_stands(
    town: Town,
    amelie: Jobseeker,
    unlock: Unlock,
    who: str,
    says_little: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the person and by her counsellor: a button, said when it is done, and taken back."""
    assert {one.kind for one in KINDS} == set(changing.CHANGES)
    if says_little:
        Jobseeker.objects.filter(pk=amelie.pk).update(radius_km=None, minutes=None)
        wants_five(amelie)
    monkeypatch.setattr(unlocking, "shown_to", lambda _person: [unlock])
    client = town.client(who)
    address = MORE if who == "amelie" else reverse("matches:more_of", args=[amelie.pk])
    before, page = digests(amelie), content(client, address)
    line = page[page.index('<ul class="cards wide">') : page.index("</main>")]
    button = re.search(r'<button[^>]* name="change" value="([^"]+)"', line)
    assert button, line
    assert "/question/" not in line and not re.search(r'<a [^>]*href="/profile', line)
    said = {"change": button[1]}
    if "<select" in line:
        said["instead"] = re.findall(r'<option value="(\d+)"', line)[-1]
    done = client.post(address, said, follow=True).content.decode()
    changed = {slug for slug, digest in digests(amelie).items() if digest != before[slug]}
    assert changed == {changing.QUESTIONS[unlock.kind]}
    assert "C’est fait" in done and 'name="undo"' in done
    client.post(address, {"undo": "yes"})
    assert digests(amelie) == before


def test_who_has_not_said_how_far_goes_farther_than_people_usually_do(town: Town, baker: Jobseeker) -> None:
    """Counted by the engine itself: what the line promises is what the button makes."""
    Jobseeker.objects.filter(pk=baker.pk).update(radius_km=None, minutes=None, transport="")
    far = factories.CommuneFactory(code="26999", latitude=45.43, longitude=4.89)
    factories.VacancyFactory(title="Boulanger loin", commune=far, latitude=far.latitude)
    client = town.client("amelie")
    page = content(client)
    line = re.search(r'<p class="h3">Aller jusqu’à (\d+) km</p>', page)
    assert line, page[page.index("<h1") :]
    key = re.search(r'value="(radius::[\d.]+)"', page)
    assert key
    client.post(MORE, {"change": key[1]})
    assert Jobseeker.objects.get(pk=baker.pk).radius_km == int(line[1])
    client.post(MORE, {"undo": "yes"})
    again = Jobseeker.objects.get(pk=baker.pk)
    assert again.radius_km is None and "reach" not in again.answered


def test_one_more_occupation_takes_the_place_that_she_chose_of_five(
    town: Town, amelie: Jobseeker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She says which, on the line; without a choice, or with another's wish, nothing is changed."""
    wants_five(amelie)
    monkeypatch.setattr(unlocking, "shown_to", lambda _person: [KINDS[-1]])
    before, client = wanted(amelie), town.client("amelie")
    other = WantedOccupation.objects.create(jobseeker=factories.JobseekerFactory(), typed="autre", position=1)
    said = {"change": "occupation:N9999:0"}
    for instead in ("", "0", "999999", "²", "x", str(other.pk)):
        page = client.post(MORE, said | {"instead": instead}, follow=True).content.decode()
        assert wanted(amelie) == before
        assert "Choisissez le métier qui cède sa place" in page
    third = amelie.wishes.get(position=3)
    assert f'<option value="{third.pk}">métier 3</option>' in content(client)
    done = client.post(MORE, said | {"instead": str(third.pk)}, follow=True)
    assert wanted(amelie) == [*before[:2], "N9999", *before[3:]]
    assert "à la place de : métier 3" in done.content.decode().replace("\xa0", " ")


# What is counted is worth her reading ------------------------------------------------------------------


def lines_of(client: Client) -> list[str]:
    found = re.findall(r'<li class="card"><p class="h3">([^<]*)</p><p>([^<]*)<br>', content(client))
    return [f"{sentence}: {openings}" for sentence, openings in found]


HOURS = [
    ({"hours_min": 35, "hours_max": 35}, "Travailler jusqu’à 5 heures de plus par semaine"),
    ({"hours_min": 15, "hours_max": 15}, "Travailler dès 5 heures de moins par semaine"),
]


def test_hours_that_would_open_something_are_said_and_what_is_not_worth_reading_is_not_counted(
    town: Town, amelie: Jobseeker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same openings, hopeless or of other work, give no line."""
    other = factories.OccupationFactory(code="M1805")
    for asked, _sentence in HOURS:
        opening = factories.VacancyFactory(title="Autre métier", occupation=other, **asked)
        SkillAsked.objects.create(vacancy=opening, skill=factories.SkillFactory(), is_essential=True)
    assert not any("heures de" in line for line in lines_of(town.client("amelie")))
    baker = Occupation.objects.get(pk=wanted(amelie)[0])
    for asked, _sentence in HOURS * 2:
        factories.VacancyFactory(title="Boulanger, autres heures", occupation=baker, **asked)
    page = lines_of(town.client("amelie"))
    assert [sentence for _asked, sentence in HOURS if f"{sentence}: 2 offres de plus" not in page] == []
    monkeypatch.setattr(one_person, "chance", lambda score: np.full(len(score), LEAST_CHANCE / 2))
    assert not any("heures de" in line for line in lines_of(town.client("amelie")))


# The cards are those that a template wrote, sign by sign, whatever is in them -------------------------

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
