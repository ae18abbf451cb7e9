"""While a counsellor is away his substitute acts for his people, on these days only, and the journal says as what."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from tests import factories
from tests.personas import Town
from visavis.agencies import absences
from visavis.agencies.models import Absence
from visavis.common import clock
from visavis.introductions import services as introductions
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.people.acting import acts_for, people_of
from visavis.people.enums import Capacity, Role
from visavis.people.models import Membership, User
from visavis.ui import dates

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAYS = dt.timedelta(days=4)


@pytest.fixture
def covered(town: Town) -> Town:
    """Bruno is away from today on; Colette of the same agency stands in."""
    Membership.objects.update(starts_on=clock.today() - dt.timedelta(days=400))
    desk = town.agency.organisation
    colette = factories.UserFactory(
        name="Colette", email="colette@example.org", role=Role.COUNSELLOR, role__organisation=desk
    )
    town.people["colette"] = colette
    note(town, starts_on=clock.today(), ends_on=clock.today() + DAYS)
    return town


def note(town: Town, **fields: Any) -> Absence:
    said = {"user": town.people["bruno"], "substitute": town.people["colette"], "by": town.people["hugo"]}
    return absences.add(agency=town.agency, **said | fields)


def test_she_is_told_who_stands_in_and_until_when(covered: Town) -> None:
    amelie = covered.people["amelie"]
    row = introductions.want(jobseeker=covered.jobseeker, vacancy=covered.vacancy, by=amelie)
    User.objects.filter(pk=amelie.pk).update(language="en")
    hers = covered.client("amelie")
    with translation.override("en"):
        day_shown = dates.day(clock.today() + DAYS)
    for url in (reverse("portal:home"), row.url):
        page = hers.get(url).text
        assert f"While Bruno is away, until {day_shown}" in page
        assert "Colette stands in and may read your file." in page
    Absence.objects.update(substitute=None)
    for url in (reverse("portal:home"), row.url):
        page = hers.get(url).text
        assert "nobody stands in." in page and "Call the agency if it cannot wait." in page
    Absence.objects.all().delete()
    assert "stands in" not in hers.get(reverse("portal:home")).text


def test_the_substitute_acts_for_them_on_these_days_and_the_journal_says_as_what(covered: Town) -> None:
    hers = covered.client("colette")
    assert "Amélie" in hers.get(reverse("portal:desk")).text
    hers.get(reverse("jobseekers:person_profile", kwargs={"jobseeker_id": covered.jobseeker.pk}))
    entry = Entry.objects.filter(action="read", person_id=covered.people["amelie"].pk).latest("pk")
    assert (entry.actor_id, entry.note) == (covered.people["colette"].pk, "substitute")
    read = covered.client("amelie").get(reverse("people:readings")).text
    assert "Colette, à la place du conseiller" in read
    introductions.propose(jobseeker=covered.jobseeker, vacancy=covered.vacancy, by=covered.people["colette"])
    assert Entry.objects.filter(thing="introduction").latest("pk").note == "propose:counsellor:substitute"
    other = factories.VacancyFactory(employer=covered.employer)
    introductions.propose(jobseeker=covered.jobseeker, vacancy=other, by=covered.people["bruno"])
    assert Entry.objects.filter(thing="introduction").latest("pk").note == "propose:counsellor"
    assert acts_for(covered.people["dario"], covered.people["amelie"]) is None
    assert acts_for(covered.people["colette"], covered.people["gael"]) is None
    for actor in User.objects.all():
        listed = set(User.objects.filter(pk__in=people_of(actor)))
        assert listed == {one for one in User.objects.all() if acts_for(actor, one)}
    colette, amelie = covered.people["colette"], covered.people["amelie"]
    assert acts_for(colette, amelie) == Capacity.SUBSTITUTE
    assert acts_for(colette, amelie, Capacity.COUNSELLOR) == Capacity.SUBSTITUTE
    assert amelie.pk in people_of(colette, Capacity.COUNSELLOR)
    assert list(Jobseeker.objects.visible_to(colette)) == [covered.jobseeker]
    with clock.moved(clock.now() + dt.timedelta(days=6)):
        after = User.objects.get(pk=colette.pk)
        assert acts_for(after, amelie) is None and amelie.pk not in people_of(after)


def test_days_or_a_substitute_that_cannot_be_are_refused(covered: Town) -> None:
    for first, last in ((2, 1), (-9, -5), (3, 9), (9, 900)):
        days = [clock.today() + dt.timedelta(days=one) for one in (first, last)]
        with pytest.raises(absences.WrongDays):
            note(covered, starts_on=days[0], ends_on=days[1])
    later = {"starts_on": clock.today() + DAYS * 3, "ends_on": clock.today() + DAYS * 4}
    note(covered, user=covered.people["colette"], substitute=None, **later)
    with pytest.raises(absences.NotASubstitute):
        note(covered, **later)
    with pytest.raises(absences.NotASubstitute):
        note(covered, substitute=covered.people["dario"], **later)


def test_back_before_the_last_day(covered: Town) -> None:
    row = Absence.objects.get()
    Absence.objects.update(starts_on=clock.today() - DAYS)
    row.refresh_from_db()
    absences.end(absence=row, by=covered.people["bruno"])
    assert acts_for(User.objects.get(name="Colette"), covered.people["amelie"]) is None


def test_an_absence_is_seen_by_three_and_ended_by_the_head_not_by_who_stands_in(covered: Town) -> None:
    seen = {name for name, user in covered.people.items() if Absence.objects.visible_to(user).exists()}
    assert seen == {"hugo", "bruno", "colette"}
    row = Absence.objects.get()
    address = reverse("agencies:end_absence", kwargs={"absence_id": row.pk})
    assert covered.client("colette").post(address).status_code == 404
    assert Absence.objects.exists()
    address = reverse("agencies:end_absence", kwargs={"absence_id": Absence.objects.get().pk})
    assert covered.client("hugo").post(address).status_code == 302
    assert not Absence.objects.exists()


def test_a_page_that_takes_an_absence_keeps_no_draft_of_it(covered: Town) -> None:
    """The page stays the same one: without this it fills the form again, and says that it kept what was typed."""
    bruno, days = covered.people["bruno"], clock.today() + dt.timedelta(days=30)
    url = reverse("agencies:absences", kwargs={"agency_id": covered.agency.pk, "user_id": bruno.pk})
    his = covered.client("bruno")
    assert "data-visavis-taken" not in his.get(url).text
    told = {"starts_on": f"{days:%Y-%m-%d}", "ends_on": f"{days:%Y-%m-%d}", "substitute": ""}
    assert "data-visavis-taken" in his.post(url, told, follow=True).text
    assert Absence.objects.filter(user=bruno).count() == 2
    wrong = his.post(url, told | {"ends_on": "x"}).text
    assert "data-visavis-wrong" in wrong and "data-visavis-taken" not in wrong


def test_the_head_reads_who_works_there_who_is_away_who_stands_in_and_who_left(covered: Town) -> None:
    hugo, rosa = covered.client("hugo"), covered.people["rosa"]
    url = reverse("agencies:team", args=[covered.agency.pk])
    hugo.post(reverse("agencies:leave", args=[covered.agency.pk, rosa.pk]))
    page = hugo.get(url).text
    working, left = page.split('id="left"')
    rows = {
        re.sub(r"<[^>]+>", "", row.split("</th>")[0].split("<th")[1].partition(">")[2]).strip(): row
        for row in working.split("<tr data-visavis-row>")[1:]
    }
    assert {"Bruno", "Colette"} <= {name.split()[0] for name in rows}
    [bruno] = [row for name, row in rows.items() if name.startswith("Bruno")]
    assert "Conseill" in bruno and "tag wait" in bruno and "remplacement : Co" in bruno.replace("\xa0", " ")
    assert rosa.name in left and rosa.name not in working
