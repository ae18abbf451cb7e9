"""visavis audit_profiles: measure what the lines of ideal profiles do to groups given in a separate file."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from visavis.matches.ideal import fairness as ideal_fairness
from visavis.matches.models import LineAudit
from visavis.matches.models.family import LONGEST_COLUMN

PERSON = "jobseeker_id"
AGE_BANDS = ((25, "0-24"), (50, "25-49"))
OLDEST, OLDEST_AGE = "50+", 120
# The first letter of a word, French or English, for sex; whole words for disability.
SEX = {"f": "F", "w": "F", "m": "M", "h": "M"}
YES_NO = {
    "yes": "yes",
    "oui": "yes",
    "1": "yes",
    "true": "yes",
    "no": "no",
    "non": "no",
    "0": "no",
    "false": "no",
}


class Command(BaseCommand):
    """Read the groups, measure, keep what ten people or more give, forget the groups."""

    help = (
        "Measure what the lines of ideal profiles do to groups of people. The service holds no sex, age or "
        "disability: they come in a CSV file, jobseeker_id and a column a group, and are not kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help="CSV with a header: jobseeker_id, then sex (F, M), age (years), disability (yes, no), or any "
            "other column; an empty cell is unknown",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        groups = read(options["file"])
        kept = ideal_fairness.measure_all(groups)
        stopped = sum(
            len(audit.stopped) for audit in LineAudit.objects.filter(column__in=groups).order_by("pk")
        )
        self.stdout.write(f"{kept} measures kept ({', '.join(groups)}); {stopped} lines stopped counting.")


def read(path: Path) -> dict[str, dict[int, str]]:
    """Read the groups; a file that cannot be understood is refused with a sentence."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            columns = [name for name in rows.fieldnames or [] if name and name != PERSON]
            if PERSON not in (rows.fieldnames or []) or not columns:
                raise CommandError(
                    f"{path}: the header must name {PERSON} and at least one column of groups."
                )
            if any(len(name) > LONGEST_COLUMN for name in columns):
                raise CommandError(
                    f"{path}: the name of a column is too long: {LONGEST_COLUMN} letters at most."
                )
            groups: dict[str, dict[int, str]] = {name: {} for name in columns}
            for number, row in enumerate(rows, start=2):
                person = _person(row[PERSON], f"{path}, line {number}", groups[columns[0]])
                for name in columns:
                    groups[name][person] = _group(name, (row[name] or "").strip(), f"{path}, line {number}")
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise CommandError(f"{path} cannot be read: {problem}") from problem
    return groups


def _person(text: str | None, where: str, known: dict[int, str]) -> int:
    number = (text or "").strip()
    if not (number.isascii() and number.isdigit()):
        raise CommandError(f"{where}: {PERSON} must be a whole number.")
    if int(number) in known:
        raise CommandError(f"{where}: this person stands there twice.")
    return int(number)


def _group(column: str, text: str, where: str) -> str:
    if not text:
        return ""
    if column == "sex":
        return SEX.get(text[0].lower(), text)
    if column == "disability":
        return YES_NO.get(text.lower(), text)
    if column == "age":
        try:
            return band(int(text))
        except ValueError:
            raise CommandError(f"{where}: age must be a number of years.") from None
    return text


def band(age: int) -> str:
    """Return the band of an age: under 25, 25 to 49, 50 and more.

    >>> [band(age) for age in (24, 25, 49, 50)]
    ['0-24', '25-49', '25-49', '50+']
    """
    if not 0 <= age <= OLDEST_AGE:
        raise ValueError(age)
    return next((name for limit, name in AGE_BANDS if age < limit), OLDEST)
