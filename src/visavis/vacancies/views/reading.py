"""Read a vacancy, look for others."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.catalog.models import Commune
from visavis.people.enums import Role
from visavis.vacancies import facts
from visavis.vacancies import search as searching
from visavis.vacancies.forms import SearchForm
from visavis.vacancies.models import Vacancy
from visavis.vacancies.views.request import SignedIn

A_PAGE = 20


@require_GET
def page(request: SignedIn, vacancy_id: int) -> HttpResponse:
    """Show one vacancy to whom may see it."""
    seen = (
        Vacancy.objects.visible_to(request.user)
        .with_card()
        .prefetch_related("skills_asked__skill", "languages_asked")
    )
    vacancy = get_object_or_404(seen, pk=vacancy_id)
    may_edit = Vacancy.objects.editable_by(request.user).filter(pk=vacancy.pk).exists()
    context = {
        "vacancy": vacancy,
        "title": vacancy.title or _("A vacancy without a title yet"),
        "facts": facts.about(vacancy),
        "essential": facts.skills(vacancy, is_essential=True),
        "wished": facts.skills(vacancy, is_essential=False),
        "shown_instead": Vacancy.objects.visible_to(request.user).live().filter(copies=vacancy).first(),
        "brought_by": sorted(set(vacancy.copies.live().values_list("feed__name", flat=True))),
        "may_edit": may_edit,
        "is_own": vacancy.employer is not None
        and vacancy.employer.organisation_id in request.user.organisation_ids(Role.EMPLOYER),
        "sees_candidates": may_edit or request.user.has_role(Role.COUNSELLOR),
        "is_desk": request.user.has_role(Role.COUNSELLOR),
        "back_url": reverse("vacancies:mine") if may_edit and request.user.has_role(Role.EMPLOYER) else "",
    }
    return render(request, "vacancies/page.html", context)


@require_GET
def search(request: SignedIn) -> HttpResponse:
    """List open vacancies by words, distance and contract."""
    form = SearchForm(request.GET or {"km": "20"})
    form.is_valid()
    cleaned = form.cleaned_data
    asked = searching.Asked(
        words=cleaned.get("q", ""),
        commune=cleaned.get("commune"),
        km=float(cleaned.get("km") or 20),
        contract=cleaned.get("contract", ""),
    )
    found = searching.find(asked, actor=request.user).with_card()
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Vacancies"),
        "form": form,
        "page_obj": shown,
        "openings": [card(vacancy, asked.commune) for vacancy in shown],
        "may_write": request.user.has_role(Role.EMPLOYER, Role.COUNSELLOR, Role.HEAD),
        "may_read_feeds": request.user.has_role(Role.COUNSELLOR, Role.HEAD),
    }
    return render(request, "vacancies/search.html", context)


def card(vacancy: Vacancy, around: Commune | None) -> dict[str, object]:
    """Give what `ui/opening.html` shows, with the distance from the town asked for."""
    return {
        "id": f"vacancy-{vacancy.pk}",
        "url": reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk}),
        "title": vacancy.title,
        "employer": vacancy.employer.name if vacancy.employer else "",
        "place": facts.place_from(vacancy, around),
        "contract": facts.contract(vacancy),
        "hours": facts.hours(vacancy),
        "pay": facts.pay_words(vacancy),
        "minutes": None,
        "part": None,
    }
