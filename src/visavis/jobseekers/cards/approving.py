"""What goes from a sorting into the file: only what was ticked, one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.consents.models import Consent
from visavis.jobseekers import services
from visavis.jobseekers.answers.lists import interests
from visavis.jobseekers.cards.codes import code_of
from visavis.jobseekers.enums import SheetChannel
from visavis.jobseekers.models import ApprovedInterest, Jobseeker
from visavis.jobseekers.questions import BY_SLUG
from visavis.journal import services as journal
from visavis.journal.services import Act
from visavis.people.models import User

QUESTION = BY_SLUG["interests"]


class ChangedSince(Refused):
    """What she likes was changed in her file after the approval: taking back would undo that too."""

    words = _("What stands in the file was changed since: it is left as it is. Change it in the profile.")


@dataclass(frozen=True)
class Change:
    """What an approval did: the codes before and after, as plain data to keep for taking it back."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def added(self) -> int:
        return len(set(self.after) - set(self.before))

    @property
    def removed(self) -> int:
        return len(set(self.before) - set(self.after))

    @property
    def puts_back(self) -> bool:
        """Say whether taking it back puts something into the file, which is a yes again."""
        return self.removed > 0

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Change":
        """Return what was kept by `plain`."""
        return cls(tuple(kept["before"]), tuple(kept["after"]))

    def plain(self) -> dict[str, Any]:
        return {"before": list(self.before), "after": list(self.after)}


@dataclass(frozen=True)
class Sheet:
    """A sheet of printed cards that somebody enters: how it came, and which edition it is."""

    channel: SheetChannel
    edition: str
    how: str = Consent.How.COUNTER
    """How she said yes to what goes into the file: to words on the paper, or to words that were read to her."""


def rows_in_file(jobseeker: Jobseeker) -> list[ApprovedInterest]:
    """Return the interests that are in the file."""
    return interests(jobseeker)


def in_file(jobseeker: Jobseeker) -> set[str]:
    """Return their codes."""
    return {one.interest_id for one in rows_in_file(jobseeker)}


def approve(
    *, jobseeker: Jobseeker, offered: set[str], ticked: set[str], by: User, version: str, sheet: Sheet | None
) -> Change:
    """Put what is ticked into the file, take out what was offered and is not; the rest stays.

    Raises services.Stale when the file was changed since the page that shows `version`. A sheet is
    journalled with its channel, even when nothing of it goes into the file.
    """
    before = in_file(jobseeker)
    after = (before - offered) | (ticked & offered)
    with transaction.atomic():
        if after != before:
            write(jobseeker, after, by=by, version=version, how=sheet.how if sheet else "")
        if sheet is not None:
            owner = services.locked(jobseeker)
            act = Act("created", sheet.channel.thing, code_of(owner.pk), owner.user_id, note=sheet.edition)
            journal.record(act, by=by.pk)
    return Change(tuple(sorted(before)), tuple(sorted(after)))


def take_back(*, jobseeker: Jobseeker, change: Change, by: User) -> None:
    """Put the file back as it was before an approval. Raises ChangedSince when it is no longer as that left it."""
    now = in_file(jobseeker)
    if now != set(change.after):
        raise ChangedSince
    if set(change.before) != now:
        try:
            write(jobseeker, set(change.before), by=by, version=QUESTION.digest(jobseeker))
        except services.Stale as stale:
            raise ChangedSince from stale


def write(jobseeker: Jobseeker, codes: set[str], *, by: User, version: str, how: str = "") -> None:
    services.save_answer(
        jobseeker=jobseeker,
        question=QUESTION,
        data={"interests": sorted(codes), "nothing": False, "how": how},
        by=by,
        version=version,
        says=bool(codes),
    )
