"""Every door through which a file can enter, and how a file is given at each. A new door has a row here, or the test
of files is red: it looks for doors in the source.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.hostile.files import DRAWN, Hostile
from tests.mailboxes.letters import OURS, mail
from tests.personas import Town
from visavis.common import clock
from visavis.documents import looking
from visavis.documents import services as documents
from visavis.documents.enums import Kind, State
from visavis.documents.models import Document, Expected
from visavis.mailboxes.mail import fetching, filing
from visavis.mailboxes.models import Incoming
from visavis.news.post import letters
from visavis.people.enums import Channel
from visavis.scans import taking, working
from visavis.scans.enums import ScanState
from visavis.scans.models import Scan

BODY = "application/offset+octet-stream"
TUS = {"Tus-Resumable": "1.0.0"}
type Give = Callable[[Standing, Hostile], str]
type Place = Callable[[Standing], str]
# What may not be: an answer that says that we failed.
FAILED = "failed"


@dataclass(frozen=True)
class Door:
    """A way in: where its code is, at which address it stands, how a file is given, and what became of it."""

    name: str
    module: str
    entrance: str
    give: Give
    url: Place | None = None
    who: str = ""


@dataclass
class Standing:
    """Somebody who stands before the doors: the town, its request for a document, and browsers that were let in."""

    town: Town
    browsers: dict[str, Client] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def browser(self, who: str) -> Client:
        if who not in self.browsers:
            let_in = {"letter": self._by_letter, "phone": self._by_phone}
            self.browsers[who] = let_in[who]() if who in let_in else self.town.client(who)
        return self.browsers[who]

    @property
    def her(self) -> int:
        return self.town.people["amelie"].pk

    def _asked(self) -> Expected:
        asked = documents.Asked(Kind.WORK, "Pour voir.", clock.today() + timedelta(days=9), uuid.uuid4())
        return documents.ask(person=self.town.people["amelie"], asked=asked, by=self.town.people["bruno"])

    def _by_letter(self) -> Client:
        her = self.town.people["amelie"]
        her.channel, her.postal_address = Channel.POST, "26000 VALENCE"
        her.save()
        self._asked()
        envelope = letters.make(form=uuid.uuid4(), by=self.town.people["bruno"]).envelopes.get()
        client = Client()
        client.post(reverse("news:by_code"), {"code": envelope.code})
        self.places["letter"] = reverse("news:by_code_read", kwargs={"envelope_id": envelope.pk})
        self.places["letter-parts"] = reverse("documents:uploads_by_letter", args=[envelope.pk])
        return client

    def _by_phone(self) -> Client:
        expected = self._asked()
        page = self.town.client("amelie").get(reverse("documents:phone", kwargs={"expected_id": expected.pk}))
        client = Client()
        found = re.search(r"/documents/phone/[^\"]+", page.context["link"])
        assert found is not None
        client.post(found[0])
        where = {"expected_id": expected.pk}
        self.places["phone"] = reverse("documents:given_by_phone", kwargs=where)
        self.places["phone-parts"] = reverse("documents:uploads_by_phone", kwargs=where)
        return client


# How a file is given ---------------------------------------------------------------------------------------


def said(answer: Any) -> str:
    """Say what a page answered: refused with a page of its own, or taken."""
    if answer.status_code >= 500:
        return FAILED
    return "taken" if answer.status_code == 302 else "none"


def became(before: set[int]) -> str:
    """Have the worker look at the document that came, and say what became of it."""
    rows = list(Document.objects.exclude(pk__in=before).order_by("pk"))
    if not rows:
        return "none"
    for row in rows:
        looking.look(row.pk)
        row.refresh_from_db()
    (row,) = rows
    return "drawn" if row.state == State.TO_CHECK else row.why


def by_form(who: str, url: Place) -> Give:
    def give(at: Standing, file: Hostile) -> str:
        client = at.browser(who)
        before = set(Document.objects.values_list("pk", flat=True))
        photo = SimpleUploadedFile(file.name, file.content, file.kind)
        answer = client.post(url(at), {"photos": photo, "kind": "work", "form": uuid.uuid4()})
        return said(answer) if said(answer) != "taken" else became(before)

    return give


def by_parts(who: str, url: Place, parts: Place) -> Give:
    def give(at: Standing, file: Hostile) -> str:
        client = at.browser(who)
        length = {"Upload-Length": str(len(file.content))}
        begun = client.generic("POST", parts(at), b"", content_type="", headers=TUS | length)
        if begun.status_code != 201:
            return FAILED if begun.status_code >= 500 else "none"
        place = begun["Location"].removeprefix("http://testserver")
        if file.content:
            client.patch(place, file.content, content_type=BODY, headers=TUS | {"Upload-Offset": "0"})
        before = set(Document.objects.values_list("pk", flat=True))
        answer = client.post(url(at), {"whole": place.split("/")[-2], "kind": "work", "form": uuid.uuid4()})
        return said(answer) if said(answer) != "taken" else became(before)

    return give


def of_scan() -> str:
    scan = Scan.objects.order_by("-pk").first()
    if scan is None:
        return "none"
    working.work(scan.pk)
    scan.refresh_from_db()
    found = "drawn" if scan.state == ScanState.SPLIT else scan.why
    Scan.objects.all().delete()
    return found


def by_drop(at: Standing, file: Hostile) -> str:
    scan = SimpleUploadedFile(file.name, file.content, file.kind)
    answer = at.browser("rosa").post(reverse("scans:tray"), {"scan": scan})
    return said(answer) if said(answer) != "taken" else of_scan()


def by_folder(at: Standing, file: Hostile) -> str:
    """Let it rest in the scanner's folder; what is no scan is left where it lies."""
    folder = Path(settings.VISAVIS_SCANS_FROM)
    (folder / file.name).write_bytes(file.content)
    taking.look_into_folder()
    for path, seen in list(taking.FOLDER.seen.items()):
        taking.FOLDER.seen[path] = (*seen[:2], seen[2] - 60)
    taking.look_into_folder()
    found = of_scan()
    assert (folder / file.name).exists() == (found == "none"), "taken is gone, no scan is left"
    (folder / file.name).unlink(missing_ok=True)
    return found


def by_mail(at: Standing, file: Hostile) -> str:
    """Send it by e-mail; what is no document is one that says so, and opens nowhere."""
    before = set(Document.objects.values_list("pk", flat=True))
    raw = mail("Voici.", attached=((file.name, file.kind, file.content),), headers={"X-A": file.name})
    number = Incoming.objects.count() + 1
    fetching.store(raw, box=OURS, numbering=1, number=number, digest=file.name, size=len(raw))
    filing.file_what_waits()
    assert Incoming.objects.get(digest=file.name).state == Incoming.State.FILED
    found = became(before)
    return "none" if found == "kind" or (not file.content and found == "damaged") else found


def by_page(who: str, page: str, taken: str = "taken", **data: str) -> Give:
    """Have it read at once, as a CV, a feed or a calendar: nothing of it is kept but what was understood."""

    def give(at: Standing, file: Hostile) -> str:
        given = SimpleUploadedFile(file.name, file.content, file.kind)
        answer = at.browser(who).post(reverse(page), data | {"file": given})
        return taken if said(answer) == "taken" else said(answer)

    return give


def of_her(name: str) -> Place:
    return lambda at: reverse(name, kwargs={"user_id": at.her})


def place(name: str) -> Place:
    def found(at: Standing) -> str:
        at.browser(name.removesuffix("-parts"))
        return at.places[name]

    return found


def fixed(name: str) -> Place:
    return lambda _at: reverse(name)


MINE, PARTS_MINE = fixed("documents:mine"), fixed("documents:uploads_mine")
OF_HER, PARTS_OF_HER = of_her("documents:of"), of_her("documents:uploads_of")
BOX, TUS_VIEW = "documents/views/box.py", "documents/views/tus.py"
ONE = "documents/views/one_request.py"
LETTER, PHONE = place("letter"), place("phone")
LETTER_PARTS, PHONE_PARTS = place("letter-parts"), place("phone-parts")

DOORS = (
    Door("the form", BOX, "hers", by_form("amelie", MINE), MINE, "amelie"),
    Door("the counter", BOX, "for_person", by_form("rosa", OF_HER), OF_HER, "rosa"),
    Door("the code of a letter", ONE, "by_letter", by_form("letter", LETTER), LETTER, "letter"),
    Door("a link on a phone", ONE, "by_phone", by_form("phone", PHONE), PHONE, "phone"),
    Door("parts", TUS_VIEW, "hers", by_parts("amelie", MINE, PARTS_MINE), PARTS_MINE, "amelie"),
    Door("parts, counter", TUS_VIEW, "for_person", by_parts("rosa", OF_HER, PARTS_OF_HER), PARTS_OF_HER, "rosa"),
    Door("parts, letter", TUS_VIEW, "by_letter", by_parts("letter", LETTER, LETTER_PARTS), LETTER_PARTS, "letter"),
    Door("parts, phone", TUS_VIEW, "by_phone", by_parts("phone", PHONE, PHONE_PARTS), PHONE_PARTS, "phone"),
    Door("a scan", "scans/views/tray.py", "", by_drop, fixed("scans:tray"), "rosa"),
    Door("the scanner’s folder", "scans/taking.py", "", by_folder),
    Door("an e-mail", "mailboxes/mail/hanging.py", "", by_mail),
    Door("a CV", "cvs/views/reading.py", "", by_page("amelie", "cvs:read", DRAWN, text=""), fixed("cvs:read"),
         "amelie"),
    Door("a calendar", "appointments/views/busy.py", "", by_page("bruno", "appointments:outside", act="file"),
         fixed("appointments:outside"), "bruno"),
    Door("a feed", "vacancies/views/uploads.py", "", by_page("bruno", "vacancies:feed_new", name="Flux", format=""),
         fixed("vacancies:feed_new"), "bruno"),
)  # fmt: skip
