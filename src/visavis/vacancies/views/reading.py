"""Read a vacancy."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.people.asked import AskedBy
from visavis.people.enums import STAFF_ROLES, Role
from visavis.vacancies import evidence, facts, hiding, reporting, services
from visavis.vacancies.models import Vacancy
from visavis.vacancies.views.request import SignedIn

SEEN = AskedBy(lambda actor, number: Vacancy.objects.visible_to(actor).with_card().filter(pk=number))
EDITABLE = AskedBy(
    lambda actor, number: (
        Vacancy.objects.editable_by(actor).filter(pk=number).order_by().values_list("pk", flat=True)
    )
)
SHOWN_INSTEAD = AskedBy(
    lambda actor, number, day: Vacancy.objects.visible_to(actor).live(day).filter(copies=number)[:1]
)
BROUGHT_BY = Prepared(
    lambda number, day: (
        Vacancy.objects.live(day).filter(same_as=number).order_by().values_list("feed__name", flat=True)
    )
)


@require_GET
def page(request: SignedIn, vacancy_id: int) -> HttpResponse:
    """Show one vacancy to whom may see it."""
    vacancy = SEEN.first(request.user, vacancy_id)
    if vacancy is None:
        raise Http404
    facts.read_asked(vacancy)
    may_edit, today = bool(EDITABLE(request.user, vacancy.pk)), clock.today()
    context = {
        "vacancy": vacancy,
        "title": vacancy.title or _("A vacancy without a title yet"),
        "facts": facts.about(vacancy),
        "essential": facts.skills(vacancy, is_essential=True),
        "wished": facts.skills(vacancy, is_essential=False),
        "lines": read_in(vacancy) if request.user.roles & STAFF_ROLES else [],
        "shown_instead": SHOWN_INSTEAD.first(request.user, vacancy.pk, today),
        "brought_by": sorted(set(BROUGHT_BY(vacancy.pk, today))),
        "may_edit": may_edit,
        "answers": answers(request),
        "hiding": hiding.present(vacancy) if vacancy.state == Vacancy.State.HIDDEN else None,
        "settles": reporting.can_settle(request.user),
        "reasons": reporting.ONE_TAP,
        "warnings": services.warnings_about(vacancy) if vacancy.state == Vacancy.State.HIDDEN else [],
        "to_confirm": may_edit and vacancy.is_by_agency and vacancy.confirmed_at is None,
        "is_own": vacancy.employer is not None
        and vacancy.employer.organisation_id in request.user.organisation_ids(Role.EMPLOYER),
        "sees_candidates": may_edit or request.user.has_role(Role.COUNSELLOR),
        "is_desk": request.user.has_role(Role.COUNSELLOR),
        "back_url": reverse("vacancies:mine") if may_edit and request.user.has_role(Role.EMPLOYER) else "",
    }
    return render(request, "vacancies/page.html", context)


def answers(request: SignedIn) -> str:
    """Say whether the reader may answer an opening: herself, for a person at the counter, or not at all."""
    if request.user.has_role(Role.JOBSEEKER):
        return "herself"
    return "for" if request.user.has_role(Role.COUNSELLOR, Role.RECEPTION) else ""


def read_in(vacancy: Vacancy) -> list[evidence.Evidence]:
    """Give what a feed's vacancy says with the words it was read in, what is not said left out."""
    lines = evidence.understood(vacancy) if vacancy.feed_id and vacancy.evidence else []
    return [line for line in lines if line.words and line.words != line.value]
