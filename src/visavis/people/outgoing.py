"""Codes and warnings leave from here, one at a time, by the worker: no page waits for a mail server.

What has to leave is written with the act that asks for it, sealed, and deleted once it has left. A try that reached
nobody is made again while the message is worth something; what was handed over without an answer is never sent twice.
"""

import datetime as dt
import json
import logging
from contextlib import suppress
from dataclasses import asdict
from functools import partial

from django.db.models import F, Q, QuerySet
from django.tasks import task

from visavis.common import clock
from visavis.people import delivery, sms
from visavis.people.addresses import Address
from visavis.people.delivery import Mail
from visavis.people.models import Outgoing, User
from visavis.vault import ring

log = logging.getLogger(__name__)

# What leaves has a queue and a thread of its own in `visavis work`.
MESSAGES = "messages"
CODE_LIFE, WARNING_LIFE = dt.timedelta(minutes=10), dt.timedelta(days=1)
# Who has sent for longer has stopped.
CLAIM = dt.timedelta(minutes=1)
# Each try waits so much longer than the one before: a code is tried fifteen times, a warning less than two hundred.
LONGER = dt.timedelta(seconds=5)
AT_A_TIME = 200
PLACE = b"people.Outgoing"


def post(address: Address, mail: Mail, *, life: dt.timedelta) -> int:
    """Keep a message for the worker, and return its number. Raises delivery.NotSent where nothing carries it."""
    if address.kind == "phone" and isinstance(sms.gateway(), sms.NoGateway):
        raise delivery.NotSent(delivery.REFUSAL)
    key = ring.writing("data")
    plain = json.dumps({"kind": address.kind, "to": address.value, **asdict(mail)}).encode()
    until = clock.now() + life
    row = Outgoing.objects.create(key=key.name, sealed=key.seal(plain, PLACE), until=until)
    send_outgoing.enqueue(row.pk)
    return int(row.pk)


def warn(user: User, *, former: Address | None = None) -> None:
    """Tell her that a way into her account changed: on the former address, else on one she has.

    That it cannot be told undoes nothing: the log has it.
    """
    told = former or delivery.address_of(user)
    if told is not None:
        try:
            post(told, delivery.change_mail(user.language), life=WARNING_LIFE)
        except delivery.NotSent:
            return


def warn_of_program(user: User) -> None:
    """Tell her that a program did in her name what only she may do, on the address that she has now."""
    told = delivery.address_of(user)
    if told is not None:
        with suppress(delivery.NotSent):
            post(told, delivery.program_mail(user.language), life=WARNING_LIFE)


def is_of_former(row: Outgoing) -> bool:
    """Say whether another key than the ring's first sealed a message."""
    return row.key != ring.writing("data").name


def seal_anew(row: Outgoing) -> None:
    """Seal a message by the ring's first key."""
    key = ring.writing("data")
    row.sealed = key.seal(ring.named(row.key).open(bytes(row.sealed), PLACE), PLACE)
    row.key = key.name


def waits(number: int) -> bool:
    """Say whether a message was tried and has not left."""
    return Outgoing.objects.filter(pk=number, tries__gt=0, claimed_at__isnull=True).exists()


@task(queue_name=MESSAGES)
def send_outgoing(number: int) -> None:
    """Send one message."""
    send(number)


def send(number: int) -> bool:
    """Send one message, once whoever else tries. It is claimed, then the server is reached, then it is handed over."""
    now = clock.now()
    is_free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM)
    free = Outgoing.objects.filter(is_free, pk=number, until__gt=now, handed_at__isnull=True)
    if not free.update(claimed_at=now, tries=F("tries") + 1):
        return False
    mine = Outgoing.objects.filter(pk=number, claimed_at=now)
    row = Outgoing.objects.get(pk=number)
    said = json.loads(ring.named(row.key).open(bytes(row.sealed), PLACE))
    address = Address(said.pop("kind"), said.pop("to"))
    name = f"out-{number}-{row.at:%Y%m%d%H%M%S}"
    try:
        delivery.hand_over(address, Mail(**said), number=name, handing=partial(hand, mine, now))
    except delivery.NotSent:
        mine.update(claimed_at=None, handed_at=None)
        return False
    except delivery.MaybeSent:
        log.warning("message %s was handed over and not answered for; it is not sent again", number)
    Outgoing.objects.filter(pk=number).delete()
    return True


def hand(mine: QuerySet[Outgoing], now: dt.datetime) -> None:
    """Mark what is about to be handed over. Raises NotSent where the claim has passed to another meanwhile."""
    if not mine.update(handed_at=now):
        raise delivery.NotSent(delivery.REFUSAL)


def sweep() -> int:
    """Throw away what is worth nothing any more, try what has not left again; return how many left."""
    now = clock.now()
    over = Q(until__lte=now) | Q(handed_at__isnull=False, claimed_at__lt=now - CLAIM)
    if thrown := Outgoing.objects.filter(over).delete()[0]:
        log.warning("%s messages were given up", thrown)
    waiting = Outgoing.objects.order_by("pk").values_list("pk", "at", "tries")
    due = [number for number, at, tries in waiting if now - at >= waited(tries)]
    return sum(send(number) for number in due[:AT_A_TIME])


def waited(tries: int) -> dt.timedelta:
    """Return how old a message is at its next try."""
    return LONGER * (max(1, tries) * (max(1, tries) + 1) // 2)
