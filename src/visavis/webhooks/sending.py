"""Sent by the worker, never in a request: once for each try, again with growing pauses, off after five days."""

import datetime as dt
import logging

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from visavis.common import clock
from visavis.common.outside import NotReached, post
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.news import services as news
from visavis.people.enums import Role
from visavis.people.models import Membership
from visavis.webhooks import signing
from visavis.webhooks.models import Delivery, Endpoint

log = logging.getLogger(__name__)

# After the first try, the second, and so on; nothing is tried more often.
PAUSES = tuple(
    dt.timedelta(seconds=one)
    for one in (5, 300, 1800, 7200, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
OFF_AFTER = dt.timedelta(days=5)
AT_ONCE = 20
LOOKS_EVERY_S = 5
GONE = 410
KEPT_FOR = dt.timedelta(days=30)


def send_due() -> int:
    """Send what is due, a few to each program, none to one that has just failed; return how many arrived."""
    resting = Q(paused_until__gt=clock.now())
    return sum(send_to(one) for one in Endpoint.objects.on().exclude(resting))


def send_to(endpoint: Endpoint) -> int:
    """Send to one program, the oldest first, until one does not arrive."""
    sent = 0
    for number in list(
        endpoint.deliveries.due().order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        if not claim(number):
            continue
        if not send(Delivery.objects.select_related("endpoint").get(pk=number)):
            break
        sent += 1
    return sent


def claim(number: int) -> bool:
    """Take one message, whoever else tries."""
    taken = {"tries": F("tries") + 1, "claimed_at": clock.now()}
    return bool(Delivery.objects.due().filter(pk=number).update(**taken))


def send(delivery: Delivery) -> bool:
    """Send one message that was taken, and keep what became of it."""
    endpoint, now = delivery.endpoint, clock.now()
    try:
        answered: int | None = post(
            endpoint.address, delivery.body, signing.headers(endpoint, delivery.key, delivery.body, now)
        )
        why = why_not(answered or 0)
    except NotReached as error:
        answered, why = None, error.why
    except InvalidToken:
        answered, why = None, "secret"
    if why:
        failed(delivery, answered, why)
        return False
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.SENT, answered=answered, why="", tried_at=clock.now(), claimed_at=None
    )
    Endpoint.objects.filter(pk=endpoint.pk).update(failing_since=None, paused_until=None)
    return True


def why_not(answered: int) -> str:
    """Return why an answer is no receipt. A redirect is none: it may lead anywhere."""
    if 200 <= answered < 300:
        return ""
    return "redirect" if 300 <= answered < 400 else "gone" if answered == GONE else "status"


def failed(delivery: Delivery, answered: int | None, why: str) -> None:
    """Try again later, or no more; rest the program meanwhile, and turn it off when it fails for too long."""
    now = clock.now()
    log.warning("webhook %s: delivery %s did not arrive: %s", delivery.endpoint_id, delivery.pk, why)
    is_over = delivery.tries > len(PAUSES)
    pause = PAUSES[min(delivery.tries, len(PAUSES)) - 1]
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.FAILED if is_over else Delivery.State.WAITING,
            answered=answered,
            why=why,
            tried_at=now,
            due_at=now + pause,
            claimed_at=None,
        )
        endpoint = Endpoint.objects.select_for_update().get(pk=delivery.endpoint_id)
        endpoint.failing_since = endpoint.failing_since or now
        endpoint.paused_until = now + pause
        endpoint.save(update_fields=["failing_since", "paused_until"])
        if endpoint.off_at is None and (why == "gone" or now - endpoint.failing_since >= OFF_AFTER):
            turn_off(endpoint, Endpoint.Off.GONE if why == "gone" else Endpoint.Off.FAILING)


def turn_off(endpoint: Endpoint, why: Endpoint.Off) -> None:
    """Tell a program nothing more, and tell the head so."""
    endpoint.off_at, endpoint.off_why = clock.now(), why
    endpoint.save(update_fields=["off_at", "off_why"])
    journal.record(journal.Act(Entry.Action.CHANGED, "webhook", endpoint.pk, note=f"off:{why}"), by=None)
    page = reverse("webhooks:page", kwargs={"endpoint_id": endpoint.pk})
    subject = news.Subject("webhook", endpoint.pk, endpoint.agency.name, page)
    heads = Membership.objects.current().filter(organisation=endpoint.agency.organisation_id, role=Role.HEAD)
    for head in heads.select_related("user"):
        news.tell(user=head.user, role=Role.HEAD, kind="off", subject=subject)


def over(now: dt.datetime) -> QuerySet[Delivery]:
    """Find what was told more than thirty days ago."""
    return Delivery.objects.filter(at__lt=now - KEPT_FOR)
