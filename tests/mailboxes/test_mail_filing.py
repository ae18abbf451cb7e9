"""Where an e-mail goes: her thread, a new one, the tray; machines are answered by nobody, bounces are seen."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from tests.mailboxes.conftest import Write
from tests.mailboxes.letters import AMELIE, BOUNCE, OURS, mail
from tests.personas import Town
from visavis.common import clock, keeping
from visavis.mailboxes import sorting
from visavis.mailboxes.enums import Mark, Voice
from visavis.mailboxes.mail import filing
from visavis.mailboxes.mail.addresses import address_of
from visavis.mailboxes.mail.fetching import store
from visavis.mailboxes.models import Incoming, Message, Opening, Thread
from visavis.news.models import News
from visavis.operations.promises.of_time import no_key_without_a_person
from visavis.operations.promises.promise import Held
from visavis.people import outgoing
from visavis.vault.models import PersonKey

pytestmark = pytest.mark.django_db

type Arrive = Callable[..., Incoming]


@pytest.fixture(autouse=True)
def letterbox(settings: Any) -> None:
    settings.VISAVIS_MAIL_IN = OURS


@pytest.fixture
def arrive(town: Town, django_capture_on_commit_callbacks: Any) -> Arrive:
    """Let a message arrive and be filed, with what follows from it."""

    def arrived(raw: bytes, number: int = 1) -> Incoming:
        store(raw, box=OURS, numbering=1, number=number, digest=str(hash(raw)), size=len(raw))
        with django_capture_on_commit_callbacks(execute=True):
            filing.file_what_waits()
        outgoing.sweep()
        return Incoming.objects.latest("pk")

    return arrived


def test_a_message_to_the_agency_begins_a_thread_with_her_counsellor(town: Town, arrive: Arrive) -> None:
    arrive(mail("Je déménage.", subject="Adresse"))
    thread = Thread.objects.get(person=town.people["amelie"])
    assert (thread.subject, thread.holder) == ("Adresse", town.people["bruno"])


def test_of_an_unknown_sender_or_a_machine_somebody_says_whose_it_is(town: Town, arrive: Arrive) -> None:
    row = arrive(mail("C’est Amélie.", sender="autre@example.org"))
    assert row.state == Incoming.State.TO_SORT
    sorting.give(incoming=row, person=town.people["amelie"], by=town.people["rosa"])
    assert Message.objects.get(thread__person=town.people["amelie"]).body == "C’est Amélie."
    with pytest.raises(sorting.Sorted):
        sorting.dismiss(incoming=row, by=town.people["rosa"])
    row = arrive(mail("Je suis une personne.", sender="autre@example.org", headers={"Precedence": "bulk"}))
    assert row.state == Incoming.State.MACHINE
    assert "autre@example.org" in town.client("rosa").get(reverse("mailboxes:tray")).text
    sorting.give(incoming=row, person=town.people["amelie"], by=town.people["rosa"])
    assert Message.objects.latest("pk").body == "Je suis une personne."
    assert not Incoming.objects.visible_to(town.people["rosa"]).exists()


def test_what_our_server_found_of_the_sender_decides(settings: Any, town: Town, arrive: Arrive) -> None:
    settings.VISAVIS_MAIL_AUTHORITY = "mx.agence.example"
    row = arrive(mail(headers={"Authentication-Results": "mx.agence.example; dkim=fail; spf=fail"}))
    assert (row.state, row.why) == (Incoming.State.TO_SORT, "forged")
    assert not Thread.objects.exists()
    town.employer_account  # noqa: B018  (asking for it makes it)
    failed = {"Authentication-Results": "mx.agence.example; dkim=fail; spf=fail"}
    row = arrive(mail("Voici notre nouveau compte.", sender=town.people["chloe"].email, headers=failed))
    page = town.client("bruno").get(reverse("mailboxes:sort", kwargs={"incoming_id": row.pk})).text
    assert row.why == "forged" and "L’expéditeur indiqué est" in page and "Attention" in page
    row = arrive(mail())
    assert (row.state, row.why) == (Incoming.State.HELD, "unchecked")
    assert not Thread.objects.exists()
    with clock.moved(clock.now() + dt.timedelta(hours=49)):
        filing.file_what_waits()
    assert Message.objects.get().marks == [Mark.UNCHECKED]
    arrive(mail(headers={"Authentication-Results": "mx.agence.example; dkim=pass header.d=example.org"}))
    assert Message.objects.latest("pk").marks == []
    arrive(mail(headers={"Authentication-Results": "mx.agence.example; dkim=pass header.d=other.fr"}))
    assert Message.objects.latest("pk").marks == [Mark.UNCHECKED]


def test_what_cannot_be_read_is_held_until_sorted(arrive: Arrive, monkeypatch: pytest.MonkeyPatch) -> None:
    read = filing.parse

    def stumbles(raw: bytes) -> Any:
        if b"X-Broken" in raw:
            raise ObjectDoesNotExist
        return read(raw)

    monkeypatch.setattr(filing, "parse", stumbles)
    arrive(mail(headers={"X-Broken": "1"}), 1)
    arrive(mail("Et celui-ci ?"), 2)
    assert Incoming.objects.get(number=1).state == Incoming.State.HELD
    assert Incoming.objects.get(number=2).state == Incoming.State.FILED
    with clock.moved(clock.now() + dt.timedelta(hours=49)):
        filing.file_what_waits()
    assert Incoming.objects.get(number=1).state == Incoming.State.TO_SORT


def test_a_person_is_answered_once_a_day_a_machine_and_we_never(thread: Thread, arrive: Arrive) -> None:
    arrive(mail("Bonjour", sender=address_of(thread.pk)), 1)
    arrive(mail("Bonjour encore", sender=OURS), 2)
    assert outbox.outbox == []
    for number in range(3):
        arrive(mail(f"Bonjour {number}", sender="quelquun@example.org"), number)
    assert [one.to for one in outbox.outbox] == [["quelquun@example.org"]]
    assert outbox.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"
    machines = {"Auto-Submitted": "auto-replied", "Precedence": "bulk", "List-Id": "<x.y>"}
    for number, one in enumerate(machines.items()):
        arrive(
            mail(f"Je suis une machine {number}", sender="m@example.org", headers=dict([one])), 10 + number
        )
    assert len(outbox.outbox) == 1
    arrive(mail("Bonjour", sender="robot@example.org"), 0)
    for number in range(1, 20):
        arrive(mail(f"Votre message {number} est arrivé", sender="robot@example.org"), number)
    assert len(outbox.outbox) == 2


def test_a_reply_is_hers_and_a_machines_is_not(thread: Thread, write: Write, arrive: Arrive) -> None:
    write("Mercredi ?", by="bruno", expects_answer=True)
    arrive(mail("Je suis absente.", to=address_of(thread.pk), headers={"Auto-Submitted": "auto-replied"}))
    thread.refresh_from_db()
    assert thread.theirs_since is not None
    assert Message.objects.get(thread=thread, number=3).voice == Voice.AUTOMATIC
    assert not Opening.objects.exists()
    row = arrive(
        mail("Oui, mercredi.\n\nLe 3 mars, X <a@b.fr> a écrit :\n> Mercredi ?\n", to=address_of(thread.pk))
    )
    assert row.state == Incoming.State.FILED
    message = Message.objects.get(thread=thread, number=4)
    assert (message.body, message.voice, message.marks) == ("Oui, mercredi.", Voice.THEIRS, [Mark.UNCHECKED])
    assert "> Mercredi ?" in message.quoted
    thread.refresh_from_db()
    assert thread.ours_since is not None
    arrive(mail("Je réponds pour elle.", sender="frere@example.org", to=address_of(thread.pk)))
    assert Message.objects.get(thread=thread, number=5).marks == [Mark.UNCHECKED, Mark.OTHER_ADDRESS]


def test_what_bounces_has_to_be_told_otherwise(thread: Thread, write: Write, arrive: Arrive) -> None:
    write("Mercredi ?", by="bruno")
    News.objects.filter(thing="thread").update(state=News.State.SENT, told_at=clock.now())
    row = arrive(BOUNCE % {b"to": address_of(thread.pk).encode()})
    assert (row.state, row.why) == (Incoming.State.MACHINE, "bounce")
    assert News.objects.get(thing="thread").state == News.State.FAILED
    assert not Message.objects.filter(thread=thread, number=3).exists()


def test_it_rests_sealed_and_goes_with_the_person(town: Town, arrive: Arrive) -> None:
    row = arrive(mail("Un secret bien gardé."))
    assert b"secret" not in bytes(row.sealed) and row.sealed_for == town.people["amelie"].pk
    assert AMELIE.encode() in row.raw()
    assert not PersonKey.objects.filter(pk__lt=0).exists(), "no other key opens itin a former backup"


def test_what_is_too_large_is_refused_with_answer_and_its_words_kept(settings: Any, arrive: Arrive) -> None:
    settings.VISAVIS_MAIL_LARGEST = 200
    arrive(mail("Voici trente photos."))
    assert Mark.TOO_LARGE in Message.objects.get().marks and "trop" in outbox.outbox[0].subject


def test_what_nobody_known_wrote_goes_with_its_key(town: Town, arrive: Arrive, time_machine: Any) -> None:
    row = arrive(mail(sender="autre@example.org"))
    assert row.raw() and PersonKey.objects.filter(pk=row.own_key).exists()
    assert no_key_without_a_person().held == Held.KEPT
    sorting.dismiss(incoming=row, by=town.people["rosa"])
    time_machine.move_to(clock.now() + Incoming.KEPT + dt.timedelta(days=1))
    assert keeping.forget()["e-mails as they came"] == 1
    assert not PersonKey.objects.filter(pk=row.own_key).exists()
