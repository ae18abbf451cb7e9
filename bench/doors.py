"""Whether the time of a refusal tells that an address has an account: medians of the processor's time.

    .venv/bin/python -m bench.doors [--times 300]

A code asked for, a wrong code and a wrong password, for an address that opens an account and for one that opens none,
in turn, each from a network of its own, on SQLite in a folder that goes afterwards. Passwords are hashed as the site
hashes them.
"""

import argparse
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

ADDRESSES = {"known": "zoe@example.org", "unknown": "nobody@example.org"}


def main() -> None:
    """Print a line for each refusal."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=300)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VISAVIS_VAR": folder, "DJANGO_SETTINGS_MODULE": "visavis.config.settings"}
        os.environ |= {"VISAVIS_LOG_LEVEL": "ERROR", "VISAVIS_PLAIN_STATIC": "yes"}
        _put_up()
        print(f"{'':16}{'known ms':>10}{'unknown ms':>12}{'apart':>8}")
        refusals = [("code asked", _asking, 1), ("wrong code", _wrong_code, 1)]
        for name, prepare, share in [*refusals, ("wrong password", _wrong_password, 5)]:
            spent: dict[str, list[float]] = {"known": [], "unknown": []}
            for number in range(times // share):
                for who in sorted(spent, reverse=bool(number % 2)):
                    act = prepare(_client(number), ADDRESSES[who])
                    before = time.process_time()
                    act()
                    spent[who].append(1000 * (time.process_time() - before))
                _forget()
            known, unknown = (statistics.median(spent[who]) for who in ("known", "unknown"))
            print(f"{name:16}{known:10.2f}{unknown:12.2f}{100 * (known / unknown - 1):+7.1f}%")


def _put_up() -> None:
    import django  # noqa: PLC0415  (begun as a program)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    from visavis.people import services  # noqa: PLC0415
    from visavis.people.addresses import Address  # noqa: PLC0415

    setup_test_environment()
    call_command("migrate", verbosity=0)
    user = services.register(name="Zoé", address=Address("email", ADDRESSES["known"]), language="fr")
    user.set_password("quatre mots faciles a dire")
    user.save()


def _client(number: int) -> Any:
    from django.test import Client  # noqa: PLC0415

    return Client(REMOTE_ADDR=f"10.0.{number // 256}.{number % 256}")


def _forget() -> None:
    from django.core import mail  # noqa: PLC0415

    from visavis.tries.models import Count  # noqa: PLC0415

    Count.objects.all().delete()
    mail.outbox.clear()


def _asking(client: Any, address: str) -> Callable[[], object]:
    return lambda: client.post("/account/sign-in/", {"address": address})


def _wrong_code(client: Any, address: str) -> Callable[[], object]:
    from django.core import mail  # noqa: PLC0415

    client.post("/account/sign-in/", {"address": address})
    found = re.search(r"\b(\d{6,8})\b", str(mail.outbox[-1].body))
    guess = f"{(int(found[1]) + 1) % 10**6:06}" if found else ""
    return lambda: client.post("/account/code/", {"code": guess})


def _wrong_password(client: Any, address: str) -> Callable[[], object]:
    said = {"address": address, "password": "wrong-wrong"}
    return lambda: client.post("/account/sign-in-with-password/", said)


if __name__ == "__main__":
    main()
