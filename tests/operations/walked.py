"""A person with everything walks out: a program on a database of its own, looked at from outside.

`python -m tests.operations.walked live KEY` gives her a word in every sealed column, documents, messages, appointments,
minutes, an interview, a mandate, makes a backup and takes her data; `… leave` closes, waits thirty days and erases.
"""

import datetime as dt
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

from tests.vault.needles import NAME, WORD

PAPER = f"{WORD} sur papier".encode()
EXPERIENCE = f"{WORD} en plein champ"


def live(key: str) -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415  (Django must be set up)
    from django.core.management import call_command  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from tests.leaving.test_leaving import sent  # noqa: PLC0415
    from tests.personas import Town  # noqa: PLC0415
    from tests.vault import needles  # noqa: PLC0415
    from visavis.jobseekers.models import Experience  # noqa: PLC0415
    from visavis.people.models import User  # noqa: PLC0415

    towns: list[Town] = []
    rows = needles.rows
    needles.rows = lambda town: [*rows(town), *(towns.append(town) or [])]
    planted = needles.plant()
    town, her = towns[0], User.objects.get(name=NAME)
    town.people["amelie"] = her
    sent(her, f"{WORD}.pdf", b"%PDF-1.4\n" + PAPER * 300)
    Experience.objects.create(jobseeker=town.jobseeker, title=EXPERIENCE)
    _everything = town.mandate, town.appointment, town.broadcast, town.scan
    client = town.client("amelie")
    for page in ("people:account", "portal:home", "jobseekers:profile"):
        assert client.get(reverse(page)).status_code in {200, 302}
    archive = zipfile.ZipFile(io.BytesIO(client.post(reverse("leaving:data")).getvalue()))
    told = archive.read("data.html").decode() + archive.read("data.json").decode()
    to = ["--to", str(settings.VAR / "backups"), "--keys-to", str(settings.VAR / "keys"), "--recipient", key]
    call_command("backup", *to, stdout=sys.stderr)
    return {
        "number": her.pk,
        "words": sorted({*planted.values(), NAME, EXPERIENCE}),
        "taken": sorted(word for word in {*planted.values(), NAME, EXPERIENCE} if word in told),
        "files": [name for name in archive.namelist() if name.startswith("documents/")],
    }


def leave() -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415  (Django must be set up)

    from tests.personas import signed_in  # noqa: PLC0415
    from visavis.common import clock, keeping  # noqa: PLC0415
    from visavis.people.models import User  # noqa: PLC0415

    her, client = User.objects.get(name=NAME), Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = signed_in(her)
    assert client.post(reverse("leaving:close")).status_code == 200
    with clock.moved(clock.now() + dt.timedelta(days=29)):
        assert keeping.forget()["accounts erased"] == 0
    with clock.moved(clock.now() + dt.timedelta(days=31)):
        return {"erased": keeping.forget()["accounts erased"]}


def left(number: str, words: str) -> dict[str, Any]:
    from django.core.management import call_command  # noqa: PLC0415  (Django must be set up)

    out, code = io.StringIO(), 0
    try:
        call_command("what_is_left", number, "--words", words, stdout=out)
    except SystemExit as gone:
        code = int(gone.code or 0)
    return {"said": out.getvalue(), "code": code}


def spill(place: str) -> dict[str, Any]:
    """As if somebody had written her down where it is kept by nobody: a log, and a column of another table."""
    from visavis.people.models import Organisation  # noqa: PLC0415  (Django must be set up)

    Organisation.objects.create(kind="employer", name=NAME)
    Path(place).write_text(f"GET /people/?q={NAME}\n", encoding="utf-8")
    return {}


if __name__ == "__main__":
    import django

    django.setup()
    act, *more = sys.argv[1:]
    sys.stdout.write(json.dumps(globals()[act](*more)) + "\n")
