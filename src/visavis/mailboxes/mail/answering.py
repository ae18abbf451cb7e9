"""Automatic answers: one a sender and day at most, none to a machine, so that two machines never write to each other.

RFC 3834: an answer says that it is automatic (`delivery.hand_over`), and answers nothing automatic. It is written with
the act that causes it and leaves from the worker (`people/outgoing.py`).
"""

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from visavis.common import clock
from visavis.mailboxes.mail import addresses, machines
from visavis.mailboxes.mail.parsing import Mail
from visavis.mailboxes.models import AutoAnswer
from visavis.people import delivery, outgoing
from visavis.people.addresses import Address
from visavis.vault import ring

# What is not sent within a day says nothing new any more.
LIFE = dt.timedelta(days=1)
WORDS = {
    "arrived": gettext_lazy(
        "Your message has arrived. We answer within %(days)s working days.\n"
        "Is it urgent? Call us: %(phone)s. You can also come to the agency."
    ),
    "too-large": gettext_lazy(
        "Your message was too large: we could not take what hangs on it.\n"
        "Send fewer photos at once, or bring the papers to the agency: we copy them. You can also call: %(phone)s."
    ),
}


def answer(mail: Mail, kind: str) -> bool:
    """Answer by itself, if a person sent it and had no automatic answer today; say whether it will leave."""
    if not machines.may_be_answered(mail) or addresses.is_ours(mail.sender):
        return False
    mark = ring.writing("contacts").mark(f"answered:{mail.sender}")
    try:
        with transaction.atomic():
            AutoAnswer.objects.create(mark=mark, day=clock.today())
    except IntegrityError:
        return False
    outgoing.post(Address("email", mail.sender), answer_mail(kind), life=LIFE)
    return True


def answer_mail(kind: str) -> delivery.Mail:
    """Return an automatic answer, in the language of the site: nobody knows the sender's."""
    with override(settings.LANGUAGE_CODE):
        words = {"days": settings.VISAVIS_ANSWER_DAYS, "phone": settings.VISAVIS_PHONE}
        subject = _("We have received your message") if kind == "arrived" else _("Your message was too large")
        return delivery.Mail(subject, str(WORDS[kind]) % words)


def over(now: dt.datetime) -> QuerySet[AutoAnswer]:
    """Find who was answered before today."""
    return AutoAnswer.objects.filter(day__lt=localtime(now).date())
