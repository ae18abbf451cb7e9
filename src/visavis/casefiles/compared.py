"""What changed from one shared text to the next: lines that went, lines that came."""

from dataclasses import dataclass
from difflib import ndiff

from visavis.casefiles.models import MinutesVersion


@dataclass(frozen=True)
class Told:
    """A version as a page shows it: itself, and what it changed of the one before."""

    version: MinutesVersion
    gone: list[str]
    come: list[str]


def told(versions: list[MinutesVersion]) -> list[Told]:
    """Return versions, the newest first, each with what it changed."""
    return [_told(old, new) for old, new in zip([None, *versions], versions, strict=False)][::-1]


def _told(old: MinutesVersion | None, new: MinutesVersion) -> Told:
    if old is None:
        return Told(new, [], [])
    marked = list(ndiff(_lines(old), _lines(new)))
    return Told(
        new,
        [line[2:] for line in marked if line.startswith("- ")],
        [line[2:] for line in marked if line.startswith("+ ")],
    )


def _lines(version: MinutesVersion) -> list[str]:
    return [line.strip() for line in f"{version.body}\n{version.agreed}".splitlines() if line.strip()]
