import datetime as dt
import re
from typing import Any

import time_machine
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.agencies.models import Agency, Closure
from visavis.agencies.words import door, doors
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.ui.dates import hour_of_minute

LIST = reverse("agencies:agencies")
NEW = "Mo-Th 09:00-12:00; PH off"
TYPED = {f"time_{day}_{place}": time for day in range(4) for place, time in ((0, "9 h"), (1, "12:00"))}
TYPED["is_closed_on_holidays"] = "on"


def hours_of(agency: Agency) -> str:
    return reverse("agencies:hours", args=[agency.pk])


def test_a_visitor_reads_where_the_doors_are_and_whether_they_are_open_now(town: Town) -> None:
    page = Client(headers={"accept-language": "en"}).get(LIST).text
    assert town.agency.name in page and town.other_agency.name in page
    assert "1 place de la Gare, Valence" in page and "04 75 00 00 00" in page
    assert Client().get(reverse("agencies:page", args=[99])).status_code == 404
    assert Client().post(LIST).status_code == 405
    assert town.client("hugo").put(hours_of(town.agency)).status_code == 405
    url = reverse("agencies:page", args=[town.agency.pk])
    visitor = Client(headers={"accept-language": "en"})
    with time_machine.travel(dt.datetime(2026, 6, 1, 8, 0, tzinfo=dt.UTC), tick=False):
        assert "Open now, until 12:30." in visitor.get(url).text
    with time_machine.travel(dt.datetime(2026, 6, 1, 20, 0, tzinfo=dt.UTC), tick=False):
        assert "Opens tomorrow at 8:30." in visitor.get(url).text
    Agency.objects.filter(pk=town.agency.pk).update(opening_hours="on demand")
    page = Client(headers={"accept-language": "en"}).get(reverse("agencies:page", args=[town.agency.pk]))
    assert "Call us" in page.text


def test_the_grid_shows_the_hours_of_today_no_syntax_and_what_it_does_not_hold(town: Town) -> None:
    hours = "Mo-Fr 08:30-12:30,13:30-17:00; Sa 09:00-12:00; PH off"
    Agency.objects.filter(pk=town.agency.pk).update(opening_hours=hours)
    answer = town.client("hugo").get(hours_of(town.agency))
    form, page = answer.context["form"], answer.text.replace("\u00a0", " ")
    monday = [form.initial[f"time_0_{place}"].replace("\u00a0", " ") for place in range(4)]
    assert monday == ["8 h 30", "12 h 30", "13 h 30", "17 h"]
    assert "time_6_0" not in form.initial and form.initial["is_closed_on_holidays"]
    assert not re.search(r"\b(Mo|Fr|PH)\b|off;|Mo-Fr", page)
    Agency.objects.filter(pk=town.agency.pk).update(opening_hours="Mo 08:00-09:00; PH 10:00-12:00")
    assert "remplace" in town.client("hugo").get(hours_of(town.agency)).text


def test_what_cannot_be_gets_a_sentence_at_its_field_and_is_kept(town: Town) -> None:
    for typed, field, said in (
        ({"time_1_0": "8h61", "time_1_1": "12"}, "time_1_0", "Mardi : « 8h61 » n’est pas une heure."),
        ({"time_1_0": "demain", "time_1_1": "12"}, "time_1_0", "Mardi : « demain » n’est pas une heure."),
        ({"time_1_0": "8"}, "time_1_1", "Mardi : écrivez les deux heures"),
        ({"time_1_0": "12", "time_1_1": "8"}, "time_1_1", "Mardi : la fermeture vient avant l’ouverture."),
        (
            {"time_1_0": "8", "time_1_1": "12", "time_1_2": "11:30", "time_1_3": "17"},
            "time_1_2",
            "Mardi : cette ouverture vient avant la fermeture précédente.",
        ),
    ):
        sent = TYPED | {"time_1_0": "", "time_1_1": ""} | typed
        answer = town.client("hugo").post(hours_of(town.agency), sent)
        assert answer.status_code == 200 and answer.context["understood"] is None
        assert said in " ".join(answer.context["form"].errors[field]).replace("\u00a0", " ")
        assert all(f'value="{time}"' in answer.text for time in typed.values())


def test_a_day_with_three_openings_or_more_is_shown_and_kept(town: Town) -> None:
    three = "Mo 08:00-09:00,10:00-11:00,12:00-13:00"
    Agency.objects.filter(pk=town.agency.pk).update(opening_hours=three)
    hugo, url = town.client("hugo"), hours_of(town.agency)
    form = hugo.get(url).context["form"]
    typed = {name: value for name, value in form.initial.items() if name.startswith("time_")}
    assert len(typed) == 6 and form.initial["time_0_5"] == hour_of_minute(780)
    assert hugo.post(url, typed).context["understood"]["text"] == three
    assert hugo.post(url, typed | {"seen": three}).status_code == 302
    eight = "Mo " + ",".join(f"{hour:02}:00-{hour:02}:30" for hour in range(8, 16))
    Agency.objects.filter(pk=town.agency.pk).update(opening_hours=eight)
    form = hugo.get(url).context["form"]
    labels = [str(field.label) for field in form.fields.values()]
    assert len(set(labels)) == len(labels) and "Lundi\u00a0: ferme à (8)" in labels
    typed = {name: value for name, value in form.initial.items() if "time_" in name}
    assert hugo.post(url, typed).context["understood"]["text"] == eight


def test_room_for_one_more_opening_a_day_is_made_and_what_was_typed_stays(town: Town) -> None:
    hugo, url = town.client("hugo"), hours_of(town.agency)
    typed = {
        "time_0_0": "8", "time_0_1": "9", "time_0_2": "dix", "time_0_3": "", "is_closed_on_holidays": "on",
    }  # fmt: skip
    assert "time_0_4" not in hugo.get(url).text
    answer = hugo.post(url, typed | {"more": "yes"})
    page, form = answer.text, answer.context["form"]
    assert not form.errors and answer.context["understood"] is None
    assert 'name="time_0_4"' in page and 'value="dix"' in page and form["is_closed_on_holidays"].value()
    typed |= {"time_0_2": "10", "time_0_3": "11", "time_0_4": "12", "time_0_5": "13"}
    said = "Mo 08:00-09:00,10:00-11:00,12:00-13:00; PH off"
    assert hugo.post(url, typed).context["understood"]["text"] == said
    crowded = {f"time_0_{2 * place}": "8" for place in range(50)}
    assert 'name="more"' not in hugo.post(url, crowded | {"more": "yes"}).text


def test_the_head_alone_sees_what_was_understood_before_it_is_kept_for_her_own_agency(town: Town) -> None:
    for persona in ("amelie", "bruno", "rosa", "dario", "chloe", "nadia"):
        answer = town.client(persona).post(hours_of(town.agency), TYPED | {"seen": NEW})
        assert answer.status_code == 404
        town.agency.refresh_from_db()
        assert town.agency.opening_hours != NEW
    answer = town.client("hugo").post(hours_of(town.agency), TYPED)
    assert answer.status_code == 200 and answer.context["understood"]["text"] == NEW
    town.agency.refresh_from_db()
    assert town.agency.opening_hours != NEW
    answer = town.client("hugo").post(hours_of(town.agency), TYPED | {"seen": "24/7"})
    assert answer.status_code == 200
    town.agency.refresh_from_db()
    assert town.agency.opening_hours != NEW
    answer = town.client("hugo").post(hours_of(town.agency), TYPED | {"seen": NEW})
    assert answer.headers["Location"] == reverse("agencies:page", args=[town.agency.pk])
    town.agency.refresh_from_db()
    assert town.agency.opening_hours == NEW
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.thing, entry.actor_id) == ("changed", "agency", town.people["hugo"].pk)
    answer = town.client("hugo").post(hours_of(town.other_agency), TYPED | {"seen": NEW})
    assert answer.status_code == 404


def test_all_doors_take_three_questions_each_as_if_alone(town: Town, django_assert_num_queries: Any) -> None:
    now, day = clock.now(), dt.timedelta(days=1)
    Closure.objects.create(agency=town.agency, starts_at=now - day, ends_at=now + 9 * day)
    doors()
    with django_assert_num_queries(3):
        found = doors()
    assert len(found) == Agency.objects.count() >= 2
    alone = [door(agency, now) for agency in Agency.objects.all()]
    assert [(one.agency.pk, one.now, one.is_open) for one in found] == [
        (one.agency.pk, one.now, one.is_open) for one in alone
    ]
