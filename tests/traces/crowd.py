"""Two devices of one person at the same moment, on a database of their own: run by test_at_once.py as a program.

Prints what each was told and what the tables then hold, as JSON.
"""

import json
import sys
from functools import partial
from typing import Any

from tests.introductions.crowd import at_once

DEVICES = 12


def permits_at_once() -> dict[str, Any]:
    """Twelve devices of one person ask for a permit, then one of them sends its report twelve times."""
    from tests import personas  # noqa: PLC0415  (Django must be set up)
    from tests.traces.device import Device  # noqa: PLC0415
    from visavis.traces import periods, receiving  # noqa: PLC0415
    from visavis.traces.models import Permit, Report  # noqa: PLC0415

    amelie = personas.build().people["amelie"]
    periods.prepare()
    quarter = periods.current()
    assert quarter
    devices = [Device(quarter) for _number in range(DEVICES)]
    told = at_once([partial(device.ask, amelie) for device in devices], DEVICES)
    signed = next(device for device in devices if device.signature)
    shown = receiving.Shown(signed.message, signed.signature)
    send = partial(receiving.receive, report=signed.report(1, 2), shown=shown)
    sent = at_once([send] * DEVICES, DEVICES)
    others = [partial(receiving.receive, report=signed.report(3), shown=shown) for _number in range(DEVICES)]
    refused = at_once(others, DEVICES)
    found = {"told": told, "permits": Permit.objects.count(), "sent": sent, "refused": refused}
    return found | {"reports": Report.objects.count()}


def main() -> None:
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    sys.stdout.write(json.dumps(permits_at_once()) + "\n")


if __name__ == "__main__":
    main()
