"""The employer's desk: her vacancies, and how to begin one."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from visavis.people.enums import Role
from visavis.vacancies import pasting, permissions, services
from visavis.vacancies.forms import EmployerForm, PasteForm
from visavis.vacancies.models import Vacancy
from visavis.vacancies.views.request import SignedIn, allow

A_PAGE = 20


@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """List the vacancies that the person may change, by state."""
    allow(permissions.can_write(request.user))
    every = Vacancy.objects.editable_by(request.user)
    counts = dict(every.order_by().values_list("state").annotate(Count("pk")))
    state = request.GET.get("state", "")
    shown = every.filter(state=state) if state in Vacancy.State.values else every
    page = Paginator(shown.with_card().order_by("-changed_at", "-pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "title": _("My vacancies") if request.user.has_role(Role.EMPLOYER) else _("Vacancies we write"),
        "filters": filters(counts, state),
        "page_obj": page,
        "density": "" if request.user.has_role(Role.EMPLOYER) else "staff",
    }
    return render(request, "vacancies/mine.html", context)


def filters(counts: dict[str, int], state: str) -> list[dict[str, object]]:
    labels = {
        "": pgettext("vacancies", "All"),
        "draft": pgettext("vacancies", "Drafts"),
        "open": pgettext("vacancies", "Open"),
        "filled": pgettext("vacancies", "Filled"),
        "closed": pgettext("vacancies", "Closed"),
    }
    return [
        {
            "url": reverse("vacancies:mine") + (f"?state={code}" if code else ""),
            "label": label,
            "count": counts.get(code, 0) if code else sum(counts.values()),
            "is_current": code == state,
        }
        for code, label in labels.items()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Choose between five questions and a text to paste; the first makes a draft."""
    allow(permissions.can_write(request.user))
    form = EmployerForm(request.POST if request.method == "POST" else None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        vacancy = services.start(employer=form.employer(), by=request.user)
        return redirect("vacancies:question", vacancy_id=vacancy.pk, question="work")
    context = {"form": form, "title": _("Offer work"), "back_url": reverse("vacancies:mine")}
    return render(request, "vacancies/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: SignedIn) -> HttpResponse:
    """Make a draft of a text."""
    allow(permissions.can_write(request.user))
    form = PasteForm(request.POST if request.method == "POST" else None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        vacancy = pasting.start(employer=form.employer(), text=form.cleaned_data["text"], by=request.user)
        return redirect("vacancies:understood", vacancy_id=vacancy.pk)
    context = {
        "form": form,
        "title": _("Paste the text of a vacancy"),
        "save_label": _("See what was understood"),
        "kept": _("Your text is kept as the description."),
        "back_url": reverse("vacancies:new"),
    }
    return render(request, "vacancies/paste.html", context)
