"""Whom something for several people is for: of a ready filter of the caseload, or those who were ticked."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from visavis.jobseekers.followed import followed
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.people import waiting
from visavis.people.course import in_course
from visavis.people.models import User
from visavis.people.requests import PersonRequest, number_in
from visavis.people.waiting import flag

MOST_GIVEN = 1_000


def caseload(actor: User) -> list[Jobseeker]:
    """Return everybody whom a counsellor accompanies, with the flags of all ready filters."""
    rows = waiting.with_flags(followed(actor).followed_now().order_by(), actor).select_related("user")
    people: list[Jobseeker] = sorted(rows, key=lambda one: (str(one.user.folded_name), one.pk))
    in_course(actor, people)
    return people


def holding(people: Iterable[Jobseeker], show: str) -> list[Jobseeker]:
    """Return of whom a ready filter holds; everybody where none is chosen."""
    return [one for one in people if not show or vars(one)[flag(show)]]


def filters(people: Sequence[Jobseeker], show: str | None, home: str) -> list[dict[str, Any]]:
    """Return the ready filters with their counts, for `ui/filters.html`; none is current of people who were ticked."""
    everybody = {
        "url": home,
        "label": _("Everybody I accompany"),
        "count": len(people),
        "is_current": show == "",
    }
    rest = [
        {
            "url": f"{home}?show={one.slug}",
            "label": one.label,
            "count": len(holding(people, one.slug)),
            "is_current": one.slug == show,
        }
        for one in waiting.filters()
    ]
    return [everybody, *rest]


def offered(
    request: PersonRequest, people: Sequence[Jobseeker] | None, *, home: str, what_for: str
) -> dict[str, Any]:
    """Return of whom some are chosen, for a page: those of a ready filter, all ticked, or those who were ticked.

    Where nobody was ticked, everybody is there to be. That they were listed is in the journal, with `what_for`.
    """
    everybody = caseload(request.user)
    asked = request.GET.get("show", "")
    known = {one.slug for one in waiting.filters()}
    show = (asked if asked in known else "") if people is None else None
    chosen = holding(everybody, show or "") if people is None else people or everybody
    ready = filters(everybody, show, home)
    current = next((one["label"] for one in ready if one["is_current"]), None)
    journal.listed("caseload", by=request.user.pk, shown=len(chosen), asked=(what_for, show or ""))
    return {
        "chosen": chosen,
        "is_ticked": people is None or bool(people),
        "filters": ready,
        "current": current or (_("Those who were ticked") if people else _("Everybody I accompany")),
    }


def ticked(actor: User, numbers: Sequence[int]) -> list[Jobseeker]:
    """Return who was ticked, of those whom the counsellor accompanies, and nobody else."""
    rows = followed(actor).filter(pk__in=numbers).select_related("user", "agency", "counsellor")
    return sorted(rows, key=lambda one: (str(one.user.folded_name), one.pk))


def numbers(data: Any) -> list[int]:
    """Return the numbers of who was ticked, as a form sends them."""
    given: list[str] = data.getlist("chosen") if isinstance(data, QueryDict) else []
    return list(dict.fromkeys(one for raw in given[:MOST_GIVEN] if (one := number_in(raw))))
