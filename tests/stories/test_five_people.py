"""Five people from the first contact to a hire and three months after, each by the ways she can use.

Every act is done on a page that is found by its words, without JavaScript. What differs is who sits before it (she,
reception, her helper), and how she is told: by letter, text message, e-mail, or when she stands at the counter.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core import mail
from django.test import Client

from tests.appointments.making import always_open, kind, receives
from tests.mandates.making import of_association
from tests.matches.conftest import baker, bakery  # noqa: F401  (fixtures)
from tests.people.way_in import mailed_code, texted_code
from tests.personas import Town
from tests.scans.test_by_paper import posted
from tests.sms import MemoryGateway
from tests.stations.conftest import new_kiosk
from tests.stories import papers
from tests.stories.browser import MOST_BYTES, Browser
from visavis.common import clock
from visavis.introductions import flow
from visavis.introductions.models import FollowUp, Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.mandates.models import Mandate, Stamp
from visavis.matches.making import ranking
from visavis.news.models import News
from visavis.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("baker", "bakery")]
A_DAY = dt.timedelta(days=1)


@dataclass
class Way:
    """How somebody comes to her own pages today: a browser, and the address under which they stand."""

    comes: Callable[[], tuple[Browser, str]]

    def go(self, page: str) -> Browser:
        browser, under = self.comes()
        return browser.go(under + page)


@pytest.fixture
def agency(town: Town) -> Town:
    """An agency that is open, in which Bruno receives for follow-ups."""
    MemoryGateway.sent.clear()
    always_open(town.agency)
    kind(town.agency, nature="follow-up", channels=["agency", "video"])
    receives(town.agency, town.people["bruno"])
    return town


def by_code(page: str, to: str, came: Callable[[], str], **said: str) -> Browser:
    """Come in by the code that came to an address; who opens a file says her name with it."""
    browser = Browser(Client(headers={"accept-language": "fr"})).go(f"/account/{page}/")
    return browser.press("M’envoyer un code", address=to).press("Continuer", code=came(), **said)


def file_of(name: str) -> Jobseeker:
    return Jobseeker.objects.select_related("user").get(user__name=name)


def accompanied(town: Town, name: str) -> None:
    """The head chooses who follows her."""
    page = Browser(town.client("hugo")).go("/people/?show=unassigned").follow("Choisir qui l’accompagne")
    assert name in page.words
    page.press("Garder ce choix", counsellor=str(town.people["bruno"].pk))


def begins(way: Way, town: Town, name: str, channel: str = "agency") -> Jobseeker:
    """She says what she looks for and where she lives, books an hour, and writes into her plan; return her file."""
    page = way.go("/profile/wanted/").press("Enregistrer et continuer", wish_1="Boulanger")
    assert "Question 2" in page.words
    page = way.go("/profile/place/").press("Enregistrer et continuer", place="Valence")
    assert "Question 8" in page.words
    her = file_of(name)
    if her.counsellor is None:
        accompanied(town, name)
    page = way.go("/appointments/").follow("follow-up 30")
    hours = [one.text_content() for one in page.page.find(".//main").iter("button")]
    page = page.press(next(one for one in hours if "10" in one), channel=channel)
    booked = page.press("Prendre ce rendez-vous").words
    assert "Bruno" in booked and ("visio" in booked) == (channel == "video")
    way.go("/plan/add/action/").press("Écrire dans le plan", words="Apprendre le four à sole", whose="person")
    plan = Browser(town.client("bruno")).go(f"/people/{her.pk}/plan/").words
    assert "Apprendre le four à sole" in plan
    return her


def is_introduced(way: Way, town: Town) -> Introduction:
    """She wants the opening of her list; the employer says yes, and when."""
    ranking.rank_everybody()
    page = way.go("/openings/").follow("Boulanger").press("Me mettre en relation")
    assert "exactement ce que lit l’employeur" in page.words
    flow.put_next(town.vacancy.pk)
    row = Introduction.objects.get()
    soon = clock.today() + (10 - clock.today().weekday()) * A_DAY
    employer = Browser(town.client("chloe")).go("/home/").follow("1 personne attend")
    page = employer.follow(f"Personne n° {row.pk}").press("Oui, je veux rencontrer")
    said = {"address": "1 rue du Four, Valence", "phone": "04 75 00 12 34"}
    page.press("Proposer un rendez-vous", at=f"{soon:%d/%m/%Y} 14 h 30", **said)
    return row


def takes_the_time(way: Way, row: Introduction) -> None:
    page = way.go(f"/introductions/{row.pk}/").press("Prendre ce rendez-vous")
    assert "1 rue du Four, Valence" in page.words


def stays(way: Way, town: Town, row: Introduction) -> None:
    """Two weeks later both say that she is hired; a month later she does not answer, three months later she does."""
    with clock.moved(clock.now() + 14 * A_DAY):
        page = Browser(town.client("chloe")).go(f"/introductions/{row.pk}/")
        page.press("Il y a une embauche", starts_on=f"{clock.today():%d/%m/%Y}")
        page = way.go(f"/introductions/{row.pk}/").press("Oui, l’embauche est exacte")
        assert "Vous avez le poste" in page.words
    with clock.moved(clock.now() + 114 * A_DAY):
        flow.sweep()
        way.go(f"/introductions/{row.pk}/still-there/3/").press("Répondre", answer="still-there")
        assert FollowUp.objects.get(months=3).answer == "still-there"


def nothing_left_but_to_the_employer() -> bool:
    return not MemoryGateway.sent and not [one for one in mail.outbox if "chloe" not in str(one.to)]


def told(her: User) -> set[str]:
    """Return how everything that she was told left, or waits for somebody to tell it."""
    return set(News.objects.filter(user=her).values_list("channel", flat=True))


def test_one_without_any_device_by_paper_and_counter(agency: Town) -> None:
    town = agency
    rosa = Browser(town.client("rosa")).go("/people/new/")
    rosa.press(
        "Ouvrir le dossier", name="Honorine Vasseur", channel="post", counsellor=str(town.people["bruno"].pk),
        postal_address="12 rue du Lac\n26000 Valence",
    )  # fmt: skip
    her = file_of("Honorine Vasseur")

    def at_the_counter() -> tuple[Browser, str]:
        page = Browser(town.client("rosa")).go(f"/people/{her.pk}/").follow("Ouvrir les pages ensemble")
        return page.press("Ouvrir les pages", shown="paper"), page.url.rstrip("/")

    way = Way(at_the_counter)
    begins(way, town, her.user.name)
    row = is_introduced(way, town)
    letter = posted(town)
    assert "Honorine Vasseur" in letter and town.agency.phone_shown in letter
    papers.gives_a_document(way, her, town)
    papers.is_met(her, town, "counter")
    letter = posted(town)
    assert papers.SAID in letter and papers.AGREED in letter
    papers.takes_her_cv(Browser(town.client("bruno")), f"/people/{her.pk}/cv/out/", "Honorine Vasseur")
    takes_the_time(way, row)
    stays(way, town, row)
    assert "Honorine Vasseur" in posted(town)
    assert told(her.user) == {"post"}
    assert nothing_left_but_to_the_employer()
    assert her.user.last_login is None
    assert not Entry.objects.filter(actor_id=her.user_id).exists(), "each act is of whose hand it was"


def test_one_with_an_old_phone_without_javascript_on_a_slow_line(agency: Town) -> None:
    town = agency
    browsers: list[Browser] = []

    def comes_in() -> tuple[Browser, str]:
        browsers.append(by_code("sign-in", "06 12 34 56 79", texted_code))
        return browsers[-1], ""

    first = by_code("open-a-file", "06 12 34 56 79", texted_code, name="Nina Passerat")
    way = Way(lambda: (first, ""))
    her = begins(way, town, "Nina Passerat")
    papers.gives_a_document(way, her, town)
    papers.is_met(her, town, "phone")
    papers.reads_the_minutes(way)
    row = is_introduced(way, town)
    takes_the_time(way, row)
    stays(Way(comes_in), town, row)
    assert told(her.user) == {"sms"}
    texts = [words for number, words in MemoryGateway.sent if number == "+33612345679"]
    assert all(len(one) <= 160 and "Boulanger" not in one for one in texts)
    assert max(one.heaviest for one in [first, *browsers]) < MOST_BYTES


def test_one_who_is_deaf(agency: Town) -> None:
    town = agency

    def comes_in() -> tuple[Browser, str]:
        return by_code("sign-in", "solene@example.org", mailed_code), ""

    first = by_code("open-a-file", "solene@example.org", mailed_code, name="Solène Kerbrat")
    way = Way(lambda: (first, ""))
    her = begins(way, town, "Solène Kerbrat", channel="video")
    papers.is_met(her, town, "video")
    papers.reads_the_minutes(way)
    papers.takes_her_cv(first, "/profile/cv/out/", "Solène Kerbrat")
    row = is_introduced(way, town)
    takes_the_time(way, row)
    stays(Way(comes_in), town, row)
    assert told(her.user) == {"web"}
    hers = [one for one in mail.outbox if "solene@example.org" in one.to]
    assert hers and not any("Boulanger" in one.body + one.subject for one in hers)
    # Nobody is ever asked to ring somebody who has given no number.
    to_tell = Browser(town.client("bruno")).go("/desk/?show=to-tell").words
    assert "Solène" not in to_tell.partition("Chercher")[2]


def test_one_with_a_helper_under_mandate(agency: Town) -> None:
    town = agency
    her, helper = town.jobseeker, of_association()
    page = Browser(town.client("amelie")).go("/account/helpers/").follow("Laisser")
    errands = [one.get("value") for one in page.page.iter("input") if one.get("name") == "errands"]
    page.press("Créer le code", days="182", errands=errands)
    code = re.search(r"[0-9A-Z]{4,5}-[0-9A-Z]{4,5}", page.words)
    assert code, page.words
    town.people["odile"] = helper

    def acts_for_her() -> tuple[Browser, str]:
        return Browser(town.client("odile")), f"/for/{Mandate.objects.get(helper=helper).pk}"

    taking = Browser(town.client("odile")).go("/home/").follow("J’ai un code")
    taking.press(next(one.text_content() for one in taking.page.find(".//main").iter("button")), code=code[0])
    way = Way(acts_for_her)
    begins(way, town, her.user.name)
    papers.gives_a_document(way, her, town)
    papers.is_met(her, town, "agency")
    papers.reads_the_minutes(way)
    row = is_introduced(way, town)
    takes_the_time(way, row)
    stays(way, town, row)
    # Each act is of the helper's hand, in her name, and she has a receipt of it.
    done = Entry.objects.filter(person_id=her.user_id, actor_id=helper.pk).exclude(action="read")
    acts = [one for one in done if one.thing != "mandate"]
    assert acts and all(one.mandate_id for one in acts)
    assert Stamp.objects.filter(visit__mandate__person=her.user).count() >= 7
    assert told(her.user) == {"web"} and any("amelie@example.org" in one.to for one in mail.outbox)


def test_one_without_an_address(agency: Town) -> None:
    town = agency
    rosa = Browser(town.client("rosa")).go("/people/new/")
    rosa.press(
        "Ouvrir le dossier", name="Abel Sans", channel="counter", counsellor=str(town.people["bruno"].pk)
    )
    her = file_of("Abel Sans")
    given = rosa.follow("Carte pour les postes").press("Donner une carte").words
    code, pin = re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}|\b\d{4}\b", given)[:2]
    kiosk = new_kiosk(town)

    def at_the_station() -> tuple[Browser, str]:
        if kiosk.sitting is not None:
            kiosk.post("finish")
        kiosk.post("badge", code=code, pin=pin)
        assert kiosk.sitting is not None
        return Browser(kiosk.client), ""

    way = Way(at_the_station)
    begins(way, town, her.user.name)
    row = is_introduced(way, town)
    # What is new waits where he is seen.
    assert told(her.user) == {"counter"}
    takes_the_time(way, row)
    stays(way, town, row)
    assert told(her.user) == {"counter"} and nothing_left_but_to_the_employer()
