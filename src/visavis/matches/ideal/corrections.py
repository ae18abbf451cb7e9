"""What counsellors correct in an ideal profile: a reason each, marked for everybody, and it can be taken back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.catalog.models import Occupation
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.matches.bridge import ideal as ideal_bridge
from visavis.matches.models import Correction
from visavis.matches.models.ideal import LEAST_REASON, LONGEST_REASON
from visavis.people.models import User


class ReasonTooShort(Refused):
    """A correction says why, in a sentence that others understand."""

    words = _("Say why in a sentence of at least 20 characters: everybody can read it.")


class ReasonTooLong(Refused):
    words = _("The reason is too long: 500 characters at most.")


class NotInProfile(Refused):
    """Only what the profile shows can be corrected."""

    words = _("The profile does not have this line any more. Choose another one.")


class NotStopped(Refused):
    """Only a line that stopped counting can be kept."""

    words = _("This line counts already. Only a line that is too unequal to count can be kept.")


class Stopped(Refused):
    """A line that is too unequal is not given more weight by the way."""

    words = _(
        "This line stopped counting: groups do not have it equally. To bring it back, choose to keep it."
    )


def traits_shown(occupation: Occupation) -> list[str]:
    """Return the traits one may correct: those of the present version, else the catalogue's skills."""
    version, rows = ideal_bridge.rows_of(occupation)
    shown = [row["code"] for row in rows]
    if version:
        return shown
    skills = [f"skill:{code}" for code in occupation.skill_links.values_list("skill_id", flat=True)]
    return list(dict.fromkeys([*shown, *skills]))


def traits_stopped(occupation: Occupation) -> set[str]:
    """Return the lines that count for nothing because groups do not have them equally."""
    return ideal_bridge.stopped(occupation.pk).get(occupation.pk, set())


def correct(*, occupation: Occupation, trait: str, what: str, reason: str, by: User) -> Correction:
    """Correct a trait, in place of what was corrected there before; the act is in the journal.

    The lists follow at their next run. Raises ReasonTooShort, ReasonTooLong, NotInProfile, NotStopped, Stopped.
    """
    reason = " ".join(reason.split())
    if len(reason) < LEAST_REASON:
        raise ReasonTooShort
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong
    if trait not in traits_shown(occupation) or what not in Correction.What.values:
        raise NotInProfile
    is_stopped = trait in traits_stopped(occupation)
    if what == Correction.What.KEPT and not is_stopped:
        raise NotStopped
    if what == Correction.What.EMPHASISED and is_stopped:
        raise Stopped
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
