"""Two files of one person become one: two plans are one, and two proposed ends are settled first."""

from django.utils.translation import gettext as _

from visavis.casefiles.models import Ending, Plan, PlanItem, PlanStep
from visavis.common.merging import Book


def two_endings(stays: int, goes: int) -> str:
    """Refuse while both follow-ups are about to end, or ended and may be taken up again."""
    if Ending.objects.unresolved().filter(person__in=[stays, goes]).count() > 1:
        return _("In both files the end of the follow-up is open. Settle one of them first.")
    return ""


def plans(book: Book) -> None:
    """Put the goals, actions and steps of a second plan into the first, after its own; what hinders her is of both."""
    found = {row.person_id: row for row in Plan.objects.filter(person__in=[book.former, book.other])}
    theirs, ours = found.get(book.former), found.get(book.other)
    if theirs is None or ours is None:
        return
    for item in PlanItem.objects.filter(plan=theirs).order_by("pk"):
        book.put(item, plan_id=ours.pk)
    for step in PlanStep.objects.filter(plan=theirs).order_by("-number"):
        book.put(step, plan_id=ours.pk, number=ours.version + step.number)
    book.put(ours, version=ours.version + theirs.version)
    known = {code for code, _is_shown in ours.hurdles}
    more = [one for one in theirs.hurdles if one[0] not in known]
    if more:
        book.put_sealed(ours, "hurdles", [*ours.hurdles, *more])
