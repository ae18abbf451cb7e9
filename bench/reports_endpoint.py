"""Reports a second through the real address: the whole site's middleware, the permit verified, the row written.

One process, one thread, without the socket: each request goes through the WSGI application as the server hands it over.
Then all are counted from the database, as the night does. `bench.reports` runs it for each database, as a program:

    python -m bench.reports_endpoint REPORTS      (DJANGO_SETTINGS_MODULE, VISAVIS_VAR, DATABASE_URL)
"""

import json
import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from typing import Any

DATABASES = {"SQLite": "", "PostgreSQL": "embedded"}
PATH = "/traces/reports/"


def at_the_address(reports: int) -> list[dict[str, Any]]:
    """Return a row for each database, measured in a process of its own with an empty database."""
    rows = []
    for name, address in DATABASES.items():
        with tempfile.TemporaryDirectory() as var:
            kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
            chosen = {"VISAVIS_VAR": var, "DJANGO_SETTINGS_MODULE": "tests.settings"}
            chosen |= {"DATABASE_URL": address} if address else {}
            command = [sys.executable, "-m", "bench.reports_endpoint", str(reports)]
            done = subprocess.run(
                command, env={**kept, **chosen}, capture_output=True, text=True, check=False
            )
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
        said = {"part": "address", "method": "visavis", "database": name}
        rows.append(said | json.loads(done.stdout.splitlines()[-1]))
    return rows


def bodies(period: Any, reports: int) -> list[bytes]:
    """Return what so many devices would send: a signed permit each, and a report."""
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415  (a program of its own)
    from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415  (as above)

    from visavis.traces import keys  # noqa: PLC0415  (as above)

    key = keys.unseal(bytes(period.sealed_key), period.code)
    scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=keys.SALT)
    made = []
    for _number in range(reports):
        message = secrets.token_bytes(32) + f"visavis-permit-1:{period.code}".encode()
        # What a device has after it took the blinding off is a plain signature, made here at once.
        shown = {
            "message": keys.b64(message),
            "signature": keys.b64(key.sign(message, scheme, hashes.SHA384())),
        }
        report = period.survey.write(period.mechanism.draw([1, 2, 3]), "m18").decode()
        made.append(json.dumps({"report": report, **shown}).encode())
    return made


def environ(body: bytes) -> dict[str, Any]:
    """Return one request as a server hands it to the application."""
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": PATH,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_LANGUAGE": "fr",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
    }


def measured(reports: int) -> dict[str, Any]:
    """Fill an empty database with reports through the address, send some again, count them."""
    from visavis.config.wsgi import application  # noqa: PLC0415  (Django is set up by then)
    from visavis.traces import counting, keys, periods  # noqa: PLC0415  (as above)
    from visavis.traces.models import Report  # noqa: PLC0415  (as above)
    from visavis.traces.views.reports import read, shown_in  # noqa: PLC0415  (as above)

    periods.prepare()
    period = periods.current()
    if period is None:
        raise RuntimeError("no reports are collected by these settings")
    (first, *sent), told = bodies(period, reports + 1), []

    def send(every: list[bytes]) -> tuple[float, float]:
        began, worked = time.perf_counter(), time.process_time()
        for body in every:
            answer = application(environ(body), lambda status, _headers: told.append(status[:3]))
            answer.close()
        return len(every) / (time.perf_counter() - began), (time.process_time() - worked) / len(every)

    # The first request of a process loads the site.
    send([first])
    new, again = send(sent), send(sent)
    shown = [shown_in(read(body)) for body in sent]
    began = time.process_time()
    for one in shown:
        keys.is_signed(int(period.modulus), one.message, one.signature)
    verified = (time.process_time() - began) / len(shown)
    held, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    counts = counting.counted(period)
    seconds = time.perf_counter() - began
    if set(told) != {"204"} or sum(one.reports for one in counts.values()) != Report.objects.count():
        raise RuntimeError(f"not all were taken in: {set(told)}")
    return {
        "reports": reports,
        "reports_per_s": new[0],
        "cpu_us": 1e6 * new[1],
        "again_per_s": again[0],
        "verify_us": 1e6 * verified,
        "counted_per_s": (reports + 1) / seconds,
        "counting_grew_mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) / 1000,
    }


def main() -> None:
    """Measure in this process and print one line of JSON."""
    import django  # noqa: PLC0415  (as above)
    from django.core.management import call_command  # noqa: PLC0415  (as above)

    django.setup()
    call_command("migrate", verbosity=0)
    sys.stdout.write(json.dumps(measured(int(sys.argv[1]))) + "\n")


if __name__ == "__main__":
    main()
