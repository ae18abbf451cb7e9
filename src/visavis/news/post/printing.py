"""The letters of a batch as one PDF: a page or more each, only the address in the window, the code on the first."""

from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from visavis.common import clock
from visavis.common.typesetting import typeset
from visavis.news import wording
from visavis.news.models import Batch, Envelope
from visavis.news.wording import Sender
from visavis.people.addresses import phone_as_written
from visavis.people.models import User
from visavis.ui.dates import day

HERE = Path(__file__).parent


def sender_of(user: User, by: User | None = None) -> Sender:
    """Return who writes to somebody: her agency, as an app above says, else that of who writes, else the service."""
    for one in [user] if by is None else [user, by]:
        for ask in wording.SENDERS:
            if sender := ask(one):
                return sender
    return Sender((settings.VISAVIS_SERVICE_NAME,), phone_as_written(settings.VISAVIS_PHONE))


def pdf(batch: Batch) -> bytes:
    """Typeset all letters of a batch, in the order of their numbers."""
    rows = batch.envelopes.select_related("news__user", "batch__by").order_by("pk")
    letters = [laid_out(row) for row in rows]
    return typeset(HERE / "letter.typ", "batch", {"title": f"{_('Letters')} {batch.pk}", "letters": letters})


def laid_out(envelope: Envelope) -> dict[str, Any]:
    """Say all that stands on a letter, in the language of whom it goes to."""
    user, by = envelope.news.user, envelope.batch.by
    with translation.override(user.language):
        sender, opens = sender_of(user, by), wording.has_page(envelope.news)
        address = settings.SITE_URL + reverse("news:by_code")
        words = {
            "code": envelope.code,
            "address": address.split("://", 1)[-1].rstrip("/"),
            "day": day(envelope.until),
            "phone": sender.phone,
        }
        return {
            "lang": user.language,
            "sender": list(sender.lines),
            "to": envelope.address.splitlines(),
            "date": day(clock.today()),
            "hello": _("Hello,"),
            "words": wording.on_paper(envelope.news),
            "has_page": opens,
            "how_title": _("To answer, as you like"),
            "by_phone": _("Call us:"),
            "phone": sender.phone,
            "by_paper": _("Or write on this sheet, and send it back or hand it in at the counter."),
            "by_site": _(
                "Or on a phone or a computer, without an account: open %(address)s and type the code."
            )
            % words,
            "code_words": _("Your code, until %(day)s") % words if opens else _("Number of this letter"),
            "code": envelope.code,
            "qr": segno.make_qr(code_url(envelope.code), error="m").svg_inline(border=0),
            "qr_words": _("The same way, by the camera of a phone"),
        }


def code_url(code: str) -> str:
    return settings.SITE_URL + reverse("news:by_code_of", kwargs={"code": code})
