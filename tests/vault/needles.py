"""A word that nobody else has in every sealed column, in a database of its own: a program, looked at from outside.

`python -m tests.vault.needles plant` prints the words and the name; `… erase` erases her; `… show` writes one in plain.
"""

import json
import sys
import uuid
from typing import Any

NAME = "Amélie-Zoé Quatrefages"
# What stays readable while she is there: her name, and the title of an experience, which lists sort by.
TITLE = "Aiguilletière en plein champ"
WORD = "aiguille-quatrefages"


def rows(town: Any) -> list[Any]:
    """Return a row of each table that has sealed columns; a new one is added here."""
    from tests.leaving.test_leaving import sent  # noqa: PLC0415  (Django must be set up)
    from visavis.appointments.models import OutsideCalendar  # noqa: PLC0415
    from visavis.casefiles.models import Mark, Note  # noqa: PLC0415
    from visavis.documents.models import Partial  # noqa: PLC0415
    from visavis.employers.models import Check  # noqa: PLC0415
    from visavis.jobseekers.models import Experience  # noqa: PLC0415
    from visavis.mailboxes.models import Draft, Message  # noqa: PLC0415
    from visavis.noticing import admissions  # noqa: PLC0415
    from visavis.noticing.models import Reason  # noqa: PLC0415
    from visavis.people.models import LinkedIdentity  # noqa: PLC0415
    from visavis.vacancies.models.watched import Hiding, Report  # noqa: PLC0415

    her = town.people["amelie"]
    her.name = NAME
    sent(her, f"{WORD}.pdf", b"%PDF-1.4\n" + f"{WORD} sur papier".encode() * 300)
    Experience.objects.create(jobseeker=town.jobseeker, title=TITLE)
    _everything = town.mandate, town.appointment, town.broadcast, town.scan
    step = {"side": "employer", "act": "meet", "to_state": "put", "number": 90}
    called = {"way": "call", "number": "0400000000", "found": "directory", "spoken_to": "x"}
    return [
        her,
        LinkedIdentity.objects.create(user=her, provider="x", subject="y"),
        town.jobseeker,
        town.cv_reading,
        town.introduction,
        town.introduction.steps.create(**step),
        town.news,
        town.envelope,
        town.minutes,
        town.minutes.versions.get(),
        town.ending,
        town.plan_item,
        town.plan_item.plan,
        town.plan_item.plan.steps.get(number=2),
        town.document,
        town.document.pages.create(number=1, file=uuid.uuid4(), width=1, height=1),
        town.expected,
        Partial.objects.create(person=her, length=9, said=WORD),
        town.cover,
        town.part.pages.create(scan=town.scan, number=1, codes="x", words="x"),
        town.alert,
        town.call,
        town.interview.seats.get(number=2),
        town.interview.remarks.create(seat=town.interview.seats.get(number=2), words="x", form=uuid.uuid4()),
        town.thread,
        Message.objects.filter(thread=town.thread).first(),
        Draft.objects.create(thread=town.thread, author=town.people["bruno"]),
        town.sheet_part.reading,
        Mark.objects.create(person=her, by=town.people["bruno"], colour="bad", words="x"),
        Note.objects.create(person=her, purpose="care", words="x", form=uuid.uuid4()),
        town.unreached.attempts.create(outcome="reached", way="phone", words="x", form=uuid.uuid4()),
        OutsideCalendar.objects.create(user=her, address="x"),
        admissions.admit(by=town.people["bruno"], person=her, why=admissions.Why.OTHER, words="x"),
        Reason.objects.create(by=town.people["bruno"], words="x", opened=1),
        Report.objects.create(vacancy=town.vacancy, why="other"),
        Hiding.objects.create(vacancy=town.vacancy, why="other"),
        town.employer_account,
        town.employer_account.steps.create(**step),
        Check.objects.create(account=town.employer_account, outcome="confirmed", **called),
    ]


def plant() -> dict[str, str]:
    """Write a word into every sealed column, and return which stands where. Refuses when one has no row."""
    from django.apps import apps  # noqa: PLC0415  (Django must be set up)

    from tests import personas  # noqa: PLC0415
    from visavis.people.sessions.store import SessionStore  # noqa: PLC0415
    from visavis.vault import fields  # noqa: PLC0415

    planted: dict[str, str] = {}
    for row in rows(personas.build()):
        for field in row._meta.concrete_fields:
            if isinstance(field, fields.EncryptedText):
                word = f"{WORD}{len(planted)}"
                value: Any = {"said": [word]} if isinstance(field, fields.EncryptedJSON) else word
                if isinstance(field, fields.EncryptedContact):
                    value = word = f"{word}@example.org" if field.name == "email" else "+33698765432"
                setattr(row, field.attname, value)
                planted[field.place] = word
        row.save()
    there = {
        field.place
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, fields.EncryptedText)
    }
    assert there == planted.keys(), there ^ planted.keys()
    session = SessionStore()
    session["typed"] = planted["people_session"] = f"{WORD}-session"
    session.save()
    return planted


def erase() -> None:
    """Close her account; thirty days are over, and the night passes."""
    import datetime as dt  # noqa: PLC0415

    from visavis.common import clock, keeping  # noqa: PLC0415  (Django must be set up)
    from visavis.leaving import services  # noqa: PLC0415
    from visavis.people.models import User  # noqa: PLC0415

    services.close(user=User.objects.get(name=NAME), by=None)
    for days, erased in ((29, 0), (31, 1)):
        with clock.moved(clock.now() + dt.timedelta(days=days)):
            assert keeping.forget()["accounts erased"] == erased


def show() -> None:
    """As if a column were not sealed: a word stands where no constraint forbids it."""
    from visavis.people.models import Organisation  # noqa: PLC0415  (Django must be set up)

    Organisation.objects.create(kind="employer", name=f"{WORD}0@example.org")


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(globals()[sys.argv[1]]()) + "\n")
