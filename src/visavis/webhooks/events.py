"""What is told, written in the transaction of the act: undone with it, and never lost once it is kept."""

import json
from typing import Any

from django.db.models import Q

from visavis.common import clock
from visavis.introductions.models import Introduction
from visavis.vacancies.models import Vacancy
from visavis.webhooks.models import Delivery, Endpoint


def moved(row: Any, step: Any) -> None:
    """Tell the agency that follows her that an introduction moved: its numbers and its state, nobody's name."""
    if not isinstance(row, Introduction) or row.jobseeker.agency_id is None:
        return
    said = {
        "introduction": row.pk,
        "vacancy": row.vacancy_id,
        "version": row.version,
        "act": step.act,
        "state": row.state,
    }
    _write(Q(agency=row.jobseeker.agency_id, tells_introductions=True), "introduction.moved", said)


def vacancy_changed(number: int) -> None:
    """Tell that a vacancy of this service changed. Those of a feed are told by whoever feeds them."""
    found = (
        Vacancy.objects.filter(pk=number, feed__isnull=True)
        .exclude(state=Vacancy.State.DRAFT)
        .values("pk", "version", "state")
        .first()
    )
    if found:
        said = {"vacancy": found["pk"], "version": found["version"], "state": found["state"]}
        _write(Q(tells_vacancies=True), "vacancy.changed", said)


def trial(endpoint: Endpoint) -> Delivery:
    """Write an event that says nothing, to see whether it arrives."""
    return Delivery.objects.create(endpoint=endpoint, kind="trial", body=body_of("trial", {}))


def _write(whom: Q, kind: str, said: dict[str, Any]) -> None:
    numbers = list(Endpoint.objects.on().filter(whom).values_list("pk", flat=True))
    if numbers:
        body = body_of(kind, said)
        Delivery.objects.bulk_create(Delivery(endpoint_id=one, kind=kind, body=body) for one in numbers)


def body_of(kind: str, said: dict[str, Any]) -> str:
    """Return the body as it is signed and sent, whichever time it is tried."""
    return json.dumps(
        {"type": kind, "timestamp": clock.now().isoformat(), "data": said}, separators=(",", ":")
    )
