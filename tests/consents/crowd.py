"""She unticks her interests on one device and takes her yes back on another: a scene of test_at_once.py."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any
from unittest.mock import patch

from tests.common.at_once import ROUNDS, Found, at_once, set_up, tell

# Both reach the middle of their act only where nothing makes one wait: then they are let go together.
MEET_S = 0.5


def both(town: Any) -> Found:
    """Each act stops once it holds something, until the other does too."""
    from tests import factories  # noqa: PLC0415  (Django must be set up)
    from visavis.catalog.models import Interest  # noqa: PLC0415
    from visavis.consents import services as consents  # noqa: PLC0415
    from visavis.consents.models import Consent  # noqa: PLC0415
    from visavis.jobseekers import agreed, services  # noqa: PLC0415
    from visavis.jobseekers.questions import BY_SLUG  # noqa: PLC0415

    her, question = town.people["amelie"], BY_SLUG[agreed.INTERESTS]
    liked = factories.InterestFactory(kind=Interest.Kind.CENTRE)
    meeting = Barrier(2)

    def meets(act: Any) -> Any:
        def met(*given: Any, **named: Any) -> Any:
            with suppress(BrokenBarrierError):
                meeting.wait(MEET_S)
            return act(*given, **named)

        return met

    def answer(*codes: str) -> None:
        data = {"interests": list(codes), "nothing": False}
        services.save_answer(jobseeker=town.jobseeker, question=question, data=data, by=her)

    answer(liked.pk)
    acts = [answer, lambda: consents.withdraw(user=her, purpose=agreed.INTERESTS, by=her)]
    with (
        patch.object(agreed, "follow", meets(agreed.follow)),
        patch.object(consents, "_end", meets_after(consents._end, meets)),
    ):
        told = at_once(acts, 2)
    return {
        "told": told,
        "standing": Consent.objects.filter(user=her, ended_at__isnull=True).count(),
        "interests": town.jobseeker.interests.count(),
    }


def meets_after(act: Any, meets: Any) -> Any:
    """Meet once the act is done."""

    def met(*given: Any) -> None:
        act(*given)
        meets(lambda: None)()

    return met


if __name__ == "__main__":
    set_up()
    from tests import personas
    from visavis.consents import services

    town = personas.build()
    guarded = [both(town) for _round in range(ROUNDS)]
    with patch.object(services, "hold", lambda user: None):
        tell(guarded, both(town))
