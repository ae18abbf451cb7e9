"""The head changes what her agency is called, where it is and which number rings there."""

import io
import json
import sys

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.agencies.models import Agency
from visavis.catalog.places import gazetteer
from visavis.journal.models import Entry
from visavis.people.models import Organisation

TOLD = {"name": "Agence du Port", "address": "1 quai Neuf", "phone": "04 75 00 00 09"}


def door(town: Town) -> str:
    return reverse("agencies:door", args=[town.agency.pk])


def write(here: Town, **changed: str) -> str:
    here.agency.refresh_from_db()
    told = TOLD | {"town": f"{here.agency.commune.name} ({here.agency.commune.department_id})"} | changed
    return here.client("hugo").post(door(here), told).text


def test_everybody_reads_what_the_head_wrote_and_what_cannot_be_is_a_sentence(town: Town) -> None:
    for changed, said in (
        ({"name": " "}, "Écrivez le nom de l’agence."),
        ({"address": ""}, "Écrivez la rue et le numéro"),
        ({"phone": "12"}, "numéro"),
        ({"town": "Nulle-Part-les-Oies"}, "aucune ville de ce nom"),
    ):
        page = write(town, **changed)
        assert said in page.replace("\u00a0", " ")
        assert all(f'value="{words}"' in page for words in changed.values() if words.strip())
        assert Agency.objects.get(pk=town.agency.pk).name != TOLD["name"]
    write(town)
    page = town.client("amelie").get(reverse("agencies:page", args=[town.agency.pk])).text
    shown = page.replace("\u00a0", " ").replace("\u202f", " ")
    assert all(words in shown for words in ("Agence du Port", "1 quai Neuf", "tel:+33475000009"))
    town.agency.refresh_from_db()
    assert (
        Organisation.objects.get(pk=town.agency.organisation_id).name == town.agency.name == "Agence du Port"
    )
    entry = Entry.objects.latest("pk")
    assert (entry.thing, entry.actor_id) == ("agency", town.people["hugo"].pk)
    assert entry.note == "name address phone"
    before = Entry.objects.filter(thing="agency").count()
    write(town)
    assert Entry.objects.filter(thing="agency").count() == before
    there = factories.CommuneFactory(code="26198", name="Montélimar", folded="montelimar")
    gazetteer.forget()
    write(town, town="Montélimar")
    assert Agency.objects.get(pk=town.agency.pk).commune == there


def test_setup_again_opens_no_agency_of_the_former_name(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    before, former = Agency.objects.count(), town.agency.name
    write(town)
    Agency.objects.exclude(pk=town.agency.pk).filter(pk__lt=town.agency.pk).delete()
    told = {"agency": former, "head": "x@example.org", "head_name": "X", "protection": ""}
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(told)))
    call_command("open_service", stdout=io.StringIO())
    assert Agency.objects.count() == before
