"""The head counts what becomes of introductions, and takes them away without a name."""

import csv
import io

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.personas import Town
from visavis.introductions import tables
from visavis.introductions.models import Introduction
from visavis.journal.models import Entry
from visavis.vacancies.models import Vacancy

FIGURES = reverse("introductions:figures")


def table(client: Client, **told: str) -> list[list[str]]:
    text = b"".join(client.get(FIGURES, told | {"as": "csv"})).decode().removeprefix("\ufeff")
    return [*csv.reader(io.StringIO(text, newline=""), delimiter=";")]


def test_each_thing_is_counted_in_its_month_and_its_line_names_nobody_of_another_agency(town: Town) -> None:
    row = town.introduction
    found = table(town.client("hugo"))
    opened = timezone.localdate(row.opened_at)
    assert found[1][:2] == [f"{timezone.localdate():%Y-%m}", "1"]
    assert f"{opened:%Y-%m}" in [line[0] for line in found]
    page = town.client("hugo").get(FIGURES).content.decode()
    assert town.people["amelie"].name not in page
    Vacancy.objects.filter(pk=town.introduction.vacancy_id).update(title="=1+1")
    found = table(town.client("hugo"), of="introductions")
    assert [line[0] for line in found[1:]] == [str(town.introduction.pk)]
    assert "'=1+1" in found[1] and town.people["amelie"].name not in str(found)
    entry = Entry.objects.filter(thing="table").latest("pk")
    assert (entry.note, entry.thing_id) == ("introductions.csv", "1")
    jobseeker = town.introduction.jobseeker
    jobseeker.agency = town.other_agency
    jobseeker.save(update_fields=["agency"])
    assert table(town.client("hugo"), of="introductions")[1:] == []


def test_months_before_the_first_are_left_out_and_those_between_are_not(town: Town) -> None:
    now = timezone.now()
    long_ago = now.replace(year=now.year - 1)
    Introduction.objects.filter(pk=town.introduction.pk).update(opened_at=long_ago, put_at=long_ago)
    found = tables.months(Introduction.objects.counted_by(town.people["hugo"]))
    assert len(found) == 13 and found[-1].counts[0] == 1 and found[5].counts[0] == 0
