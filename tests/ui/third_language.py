"""A site with a third language, of files alone: a program, `python -m tests.ui.third_language FOLDER`.

Every sentence of ours is marked with an Arabic letter, which stands for a translation; then pages are opened.
"""

import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import Any

from tests.common.at_once import set_up

MARK = "\N{ARABIC LETTER AIN}"
DAY = dt.datetime(2026, 12, 1, 8, 30, tzinfo=dt.UTC)
PAGES = {
    "visitor": ["portal:home", "account_login", "searches:jobs"],
    "amelie": ["portal:home", "jobseekers:profile", "appointments:kinds", "people:account", "people:channel",
               "matches:openings", "consents:mine"],
    "bruno": ["portal:desk", "jobseekers:people"],
}  # fmt: skip
# What is filled in, or a figure, is no word to translate.
FILLED = re.compile(r"%\(\w+\)\w|[\W\d_]+")


def marked(file: Path) -> None:
    """Write a translation for each sentence: the English one, marked."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  (a program)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with file.open("rb") as there:
        catalog = read_po(there, locale="ar")
    for one in catalog:
        if one.id and FILLED.sub("", one.id if isinstance(one.id, str) else one.id[1]):
            one.string = f"{MARK} {one.id}" if isinstance(one.id, str) else (f"{MARK} {one.id[1]}",) * 6
    with file.with_suffix(".mo").open("wb") as there:
        write_mo(there, catalog)


def main(folder: str) -> None:
    marked(Path(folder) / "ar" / "LC_MESSAGES" / "django.po")
    set_up()
    from django.conf import settings  # noqa: PLC0415  (Django must be set up)
    from django.urls import reverse  # noqa: PLC0415
    from django.utils.formats import number_format  # noqa: PLC0415
    from django.utils.translation import override  # noqa: PLC0415

    from tests import personas  # noqa: PLC0415
    from visavis.people.models import User  # noqa: PLC0415
    from visavis.ui import dates  # noqa: PLC0415

    town, found = personas.build(), {}
    User.objects.update(language="ar")
    for who, pages in PAGES.items():
        browser = town.client(who)
        browser.defaults["SERVER_NAME"] = "127.0.0.1"
        for page in pages:
            answer: Any = browser.get(reverse(page), headers={"accept-language": "ar"}, follow=True)
            text = answer.content.decode()
            main = text.partition("<main")[2].partition("</main")[0]
            found[f"{who} {page}"] = {
                "status": answer.status_code,
                "html": (re.search(r"<html[^>]*>", text) or [""])[0],
                "marks": main.count(MARK),
                "back": "#forward" in text,
                "offers": sorted(re.findall(r'name="language" value="(\w+)"', text)),
            }
    with override("ar"):
        written = {"day": dates.day(DAY), "moment": dates.moment(DAY), "number": number_format(1234.5, 1)}
    said = {"pages": found, "written": written, "languages": [list(one) for one in settings.LANGUAGES]}
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
