"""What counsellors correct in an ideal profile: a reason each, marked for everybody, and it can be taken back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.catalog.models import Occupation
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.matches.models import Correction, IdealProfile
from visavis.matches.models.ideal import LEAST_REASON, LONGEST_REASON
from visavis.people.models import User


class ReasonTooShort(Refused):
    """A correction says why, in a sentence that others understand."""

    def __init__(self) -> None:
        super().__init__(_("Say why in a sentence of at least 20 characters: everybody can read it."))


class ReasonTooLong(Refused):
    def __init__(self) -> None:
        super().__init__(_("The reason is too long: 500 characters at most."))


class NotInProfile(Refused):
    """Only what the profile shows can be corrected."""

    def __init__(self) -> None:
        super().__init__(_("The profile does not have this line any more. Choose another one."))


def traits_shown(occupation: Occupation) -> list[str]:
    """Return the traits one may correct: those of the present version, else the catalogue's skills."""
    last = IdealProfile.objects.of(occupation).first()
    if last is not None and not last.is_seed:
        return [row["code"] for row in last.rows]
    return [f"skill:{code}" for code in occupation.skill_links.values_list("skill_id", flat=True)]


def correct(*, occupation: Occupation, trait: str, what: str, reason: str, by: User) -> Correction:
    """Correct a trait, in place of what was corrected there before; the act is in the journal.

    The lists follow at their next run. Raises ReasonTooShort, ReasonTooLong, NotInProfile.
    """
    reason = " ".join(reason.split())
    if len(reason) < LEAST_REASON:
        raise ReasonTooShort
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong
    if trait not in traits_shown(occupation) or what not in Correction.What.values:
        raise NotInProfile
    with transaction.atomic():
        Occupation.objects.select_for_update(no_key=True).get(pk=occupation.pk)
        before = Correction.objects.present().filter(occupation=occupation, trait=trait)
        before.update(ended_at=clock.now(), ended_by=by)
        correction = Correction.objects.create(
            occupation=occupation, trait=trait, what=what, reason=reason, by=by
        )
        _note(Entry.Action.CREATED, correction, by)
    return correction


def take_back(*, correction: Correction, by: User) -> None:
    """Take a correction back; nothing happens when somebody did already."""
    with transaction.atomic():
        ended = Correction.objects.present().filter(pk=correction.pk)
        if ended.update(ended_at=clock.now(), ended_by=by):
            _note(Entry.Action.DELETED, correction, by)


def _note(action: str, correction: Correction, by: User) -> None:
    note = f"{correction.occupation_id} {correction.what} {correction.trait}"
    journal.record(journal.Act(action, "ideal-correction", correction.pk, note=note), by=by.pk)
