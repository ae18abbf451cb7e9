"""Two devices of one person at the same moment: scenes that test_at_once.py has played on a database of their own."""

from functools import partial
from typing import Any

from tests.common.at_once import Found, at_once, play

DEVICES = 12


def permits_at_once(town: Any) -> Found:
    """Twelve devices of one person ask for a permit, then one of them sends its report twelve times."""
    from tests import factories  # noqa: PLC0415  (Django must be set up)
    from tests.traces.device import Device  # noqa: PLC0415
    from visavis.traces import periods, receiving  # noqa: PLC0415
    from visavis.traces.models import Permit, Report  # noqa: PLC0415

    her = factories.JobseekerFactory(agency=town.agency).user
    periods.prepare()
    quarter = periods.current()
    assert quarter
    devices = [Device(quarter) for _number in range(DEVICES)]
    told = at_once([partial(device.ask, her) for device in devices], DEVICES)
    signed = next(device for device in devices if device.signature)
    shown = receiving.Shown(signed.message, signed.signature)
    send = partial(receiving.receive, report=signed.report(1, 2), shown=shown)
    sent = at_once([send] * DEVICES, DEVICES)
    others = [partial(receiving.receive, report=signed.report(3), shown=shown) for _number in range(DEVICES)]
    refused = at_once(others, DEVICES)
    found = {"told": told, "permits": Permit.objects.filter(user=her).count(), "sent": sent}
    reports = Report.objects.filter(permit_digest=shown.digest)
    return found | {"refused": refused, "reports": reports.count()}


if __name__ == "__main__":
    play(permits_at_once, [("traces.Permit", "one_permit_a_person_and_period")])
