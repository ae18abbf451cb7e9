"""Amélie twice in the town: once with something in every table, once with a file of her own opened at the counter."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from tests import factories
from tests.personas import Town
from tests.vault import needles
from visavis.jobseekers.models import Experience, Jobseeker, WantedOccupation
from visavis.mailboxes import services as mailboxes
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.services import Written
from visavis.merging import services
from visavis.merging.models import Merge, Why
from visavis.merging.services import Wanted
from visavis.people.models import User
from visavis.vault.fields import EncryptedText, Sealed

# What is written of every act, and what is not of anybody's file.
LEFT_OUT = {"journal", "merging", "vault", "tries", "live", "django_tasks_database", "sessions", "operations"}
# The session's counter grows with each end; marks of words are made anew.
COUNTERS = {"people.User.sign_outs", "people.User.last_login"}


@dataclass
class Two:
    """Her two files: the one that stays, and the full one that goes in."""

    town: Town
    stays: Jobseeker
    goes: Jobseeker

    def merge(self, **taken: bool) -> Merge:
        wanted = Wanted(Why.PAPER, uuid.uuid4(), taken)
        return services.merge(
            stays=anew(self.stays), goes=anew(self.goes), wanted=wanted, by=self.town.people["rosa"]
        )


def anew(jobseeker: Jobseeker) -> Jobseeker:
    return Jobseeker.objects.select_related("user", "agency", "counsellor").get(pk=jobseeker.pk)


def two_files(town: Town, *, full: bool = True) -> Two:
    """Return both files; with `full` the one that goes in has a row in every table that is sealed."""
    her = town.people["amelie"]
    if full:
        for row in needles.rows(town):
            filled(row)
        Experience.objects.create(jobseeker=town.jobseeker, title="Vendeuse")
        WantedOccupation.objects.create(jobseeker=town.jobseeker, position=1, typed="gardienne de phare")
        hers = Written(body="Je ne peux pas venir.", voice=Voice.THEIRS, author=her)
        mailboxes.begin(person=her, subject="Mardi", written=hers, by=her)
    her.name, her.email, her.phone = "Amélie Quatrefages", "amelie@example.org", "+33612345678"
    her.save()
    other = factories.UserFactory(role="jobseeker", name="Amélie Quatrefages", email=None, channel="post")
    other.postal_address = "3 rue du Four\n26000 Valence"
    other.save()
    jobseeker = factories.JobseekerFactory(user=other, agency=town.agency, counsellor=None)
    if full:
        WantedOccupation.objects.create(jobseeker=jobseeker, position=1, typed="vendeuse")
        written = Written(body="Une lettre.", voice=Voice.THEIRS, author=other)
        mailboxes.begin(person=other, subject="Papier", written=written, by=other)
    return Two(town, jobseeker, town.jobseeker)


def filled(row: Any) -> None:
    """Write something into every sealed column of a row."""
    for field in row._meta.concrete_fields:
        if type(field) is EncryptedText and not getattr(row, field.attname):
            setattr(row, field.attname, f"mots de {field.name}")
    row.save()


def everything() -> dict[str, Any]:
    """Return every cell that is of anybody's file, as it rests: sealed values too, byte for byte."""
    found: dict[str, Any] = {}
    for model in apps.get_models():
        if model._meta.app_label in LEFT_OUT or not model._meta.managed:
            continue
        for row in model._base_manager.order_by("pk"):
            for field in model._meta.concrete_fields:
                name = f"{model._meta.label}.{field.name}"
                if name not in COUNTERS:
                    value = row.__dict__[field.attname]
                    found[f"{name}:{row.pk}"] = value.text if isinstance(value, Sealed) else value
    return found


def sealed_by(user: User) -> set[str]:
    """Return the columns that hold something sealed by somebody's key, but for what is kept of a merge."""
    found = set()
    for model in apps.get_models():
        if model._meta.app_label == "merging":
            continue
        for row in model._base_manager.all():
            for field in model._meta.concrete_fields:
                value = row.__dict__.get(field.attname)
                if isinstance(value, Sealed) and value.person == user.pk:
                    found.add(f"{model._meta.label}.{field.name}")
    return found
