import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.agencies import closures
from visavis.agencies.models import Agency, Closure, OpenDay

pytestmark = pytest.mark.usefixtures("monday")

TYPED = {
    "first_day": "2027-03-24", "first_hour": "10 h", "last_day": "2027-03-25", "last_hour": "",
    "reason": "Travaux",
}  # fmt: skip
SAID = "Fermé du mercredi 24 mars à 10 h au jeudi 25 mars à 24 h."
DAY = {"day": "2027-03-27", "opens": "9", "closes": "12 h 30", "reason": "Forum de l’emploi"}


def page(client: Client, url: str, agency: Agency) -> str:
    answer = client.get(reverse(f"agencies:{url}", args=[agency.pk]), headers={"accept-language": "fr"})
    return answer.text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_closure_is_seen_with_what_it_touches_and_said(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closures, "TOUCHES", [lambda closed: ["Trois rendez-vous."]])
    url, hugo = reverse("agencies:close", args=[town.agency.pk]), town.client("hugo")
    answer = hugo.post(url, TYPED)
    assert "Trois rendez-vous." in answer.text and not Closure.objects.exists()
    seen = answer.context["understood"]["text"]
    assert seen.replace("\u00a0", " ").replace("\u202f", " ") == SAID
    assert hugo.post(url, TYPED | {"seen": "else"}).status_code == 200 and not Closure.objects.exists()
    assert hugo.post(url, TYPED | {"seen": seen}).status_code == 302
    public = page(Client(), "page", town.agency)
    assert SAID in public and "Travaux" in public
    assert "Hugo" in page(town.client("bruno"), "times", town.agency) and "Hugo" not in public


def test_zero_hours_at_the_end_is_midnight_and_an_hour_is_taken_as_people_write_it(town: Town) -> None:
    hugo = town.client("hugo")
    answer = hugo.post(reverse("agencies:close", args=[town.agency.pk]), TYPED | {"last_hour": "0h"})
    assert answer.context["understood"]["text"].replace("\u00a0", " ").replace("\u202f", " ") == SAID
    day = hugo.post(reverse("agencies:open_on", args=[town.agency.pk]), DAY | {"closes": "00:00"})
    assert "de 9 h à 24 h" in day.context["understood"]["text"].replace("\u00a0", " ").replace("\u202f", " ")
    week = hugo.post(reverse("agencies:hours", args=[town.agency.pk]), {"time_4_0": "18h", "time_4_1": "0 h"})
    assert week.context["form"].cleaned_data["opening_hours"] == "Fr 18:00-24:00"
    hugo, said = town.client("hugo"), ""
    for wrong in ("", "tôt"):
        day = hugo.post(reverse("agencies:open_on", args=[town.agency.pk]), DAY | {"opens": wrong})
        said += day.text
    assert "Écrivez une heure, par exemple 8 h 30." in said and "Écrivez par exemple 8 h 30." in said
    day = hugo.post(reverse("agencies:open_on", args=[town.agency.pk]), DAY | {"opens": "8h30"})
    assert day.context["form"].cleaned_data["spans"].startswith("08:30-")


def test_a_day_of_its_own_is_said_and_taken_back(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    url, hugo = reverse("agencies:open_on", args=[town.agency.pk]), town.client("hugo")
    seen = hugo.post(url, DAY).context["understood"]["text"]
    hugo.post(url, DAY | {"seen": seen})
    row = OpenDay.objects.get()
    assert row.spans == "09:00-12:30"
    assert "Samedi 27 mars : de 9 h à 12 h 30." in page(Client(), "page", town.agency)
    monkeypatch.setattr(closures, "TOUCHES", [lambda closed: ["Trois rendez-vous."]])
    url = reverse("agencies:as_usual", args=[row.pk])
    answer = hugo.post(url)
    assert "Trois rendez-vous." in answer.text and OpenDay.objects.in_force().exists()
    assert answer.context["understood"]["text"].replace("\u00a0", " ") == "Samedi 27 mars : fermé."
    hugo.post(url, {"seen": answer.context["understood"]["text"]})
    assert not OpenDay.objects.in_force().exists()
    assert "Samedi 27 mars" not in page(Client(), "page", town.agency)
    assert "Annulé : Samedi 27 mars" in page(hugo, "times", town.agency)


def test_what_cannot_be_gets_a_sentence_and_is_kept(town: Town) -> None:
    for url, typed, field in (
        ("close", {"first_hour": "tôt"}, "first_hour"),
        ("close", {"last_day": "2027-03-23"}, "last_day"),
        ("close", {"first_day": "2027-03-01", "last_day": "2027-03-02"}, "last_day"),
        ("close", {"reason": " "}, "reason"),
        ("close", {"first_day": ""}, "first_day"),
        ("open_on", {"closes": "8"}, "closes"),
        ("open_on", {"opens_again": "14"}, "closes_again"),
        ("open_on", {"opens_again": "12", "closes_again": "15"}, "opens_again"),
        ("open_on", {"day": "2027-03-01"}, "day"),
        ("open_on", {"day": "2028-06-01"}, "day"),
    ):
        told = {"close": TYPED, "open_on": DAY}[url] | typed
        answer = town.client("hugo").post(reverse(f"agencies:{url}", args=[town.agency.pk]), told)
        assert answer.status_code == 200 and answer.context["understood"] is None
        assert list(answer.context["form"].errors) == [field] and 'value="202' in answer.text


def test_hours_of_a_day_that_a_closure_keeps_shut_are_refused_and_others_are_kept(town: Town) -> None:
    hugo, url = town.client("hugo"), reverse("agencies:open_on", args=[town.agency.pk])
    closing = {"starts_at": dt.datetime(2027, 3, 27, 9, tzinfo=dt.UTC), "reason": "Travaux"}
    ends_at = dt.datetime(2027, 3, 28, 22, tzinfo=dt.UTC)
    row = closures.close(agency=town.agency, by=town.people["hugo"], ends_at=ends_at, **closing)
    answer = hugo.post(url, DAY)
    [refusal] = answer.context["form"].errors["day"]
    assert refusal.replace("\u00a0", " ").startswith(
        "Fermé du samedi 27 mars à 10 h au dimanche 28 mars à 24 h."
    )
    assert "retirez d’abord cette fermeture" in refusal and answer.context["understood"] is None
    assert hugo.post(url, DAY | {"closes": "10"}).context["understood"]
    closures.take_back(row=row, by=town.people["hugo"])
    assert hugo.post(url, DAY).context["understood"]


def test_the_history_says_who_changed_what_and_the_door_which_holiday_closes_it(town: Town) -> None:
    hugo = town.client("hugo")
    week = {f"time_{day}_{at}": time for day in range(5) for at, time in ((0, "8 h 30"), (1, "12 h 30"))}
    url = reverse("agencies:hours", args=[town.agency.pk])
    hugo.post(url, week | {"seen": hugo.post(url, week).context["understood"]["text"]})
    told = page(hugo, "times", town.agency)
    assert "Vendredi : de 8 h 30 à 12 h 30 et de 13 h 30 à 17 h → de 8 h 30 à 12 h 30" in told
    assert "Samedi :" not in told
    Agency.objects.filter(pk=town.agency.pk).update(opening_hours="Mo-Fr 08:30-12:30; PH off")
    assert "Lundi 29 mars : fermé. Jour férié" in " ".join(
        page(Client(), "page", town.agency).replace("<b>", "").replace("</b>", "").split()
    )


def test_programs_read_the_hours_by_the_clock_of_the_door(town: Town) -> None:
    starts_at, ends_at = (dt.datetime(2027, 3, 29, hour, tzinfo=dt.UTC) for hour in (6, 22))
    when = {"starts_at": starts_at, "ends_at": ends_at}
    closures.close(agency=town.agency, **when, reason="Travaux", by=town.people["hugo"])
    with time_machine.travel(dt.datetime(2027, 3, 26, 15, 30, tzinfo=dt.UTC), tick=False):
        told = Client().get(f"/api/v1/agencies/{town.agency.pk}").json()
        listed = Client().get("/api/v1/agencies").json()["items"]
    assert told in listed
    assert told["is_open"] and told["closes_at"] == "2027-03-26T17:00:00+01:00"
    assert told["next_opening_at"] == "2027-03-30T08:30:00+02:00"
    assert told["closures"][0]["starts_at"] == "2027-03-29T08:00:00+02:00"
    assert told["opens"][-1]["ends_at"] == "2027-04-01T17:00:00+02:00"
