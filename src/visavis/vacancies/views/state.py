"""Close a vacancy, or begin another from it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from visavis.common.errors import Refused
from visavis.vacancies import changes, services
from visavis.vacancies.forms import CloseForm
from visavis.vacancies.views.request import SignedIn, editable


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: SignedIn, vacancy_id: int) -> HttpResponse:
    """Ask why, then close."""
    vacancy = editable(request, vacancy_id)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close(
                vacancy=vacancy, is_filled=form.cleaned_data["is_filled"] == "yes", by=request.user
            )
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The vacancy is closed: nobody is proposed for it any more."))
        return redirect("vacancies:mine")
    context = {
        "form": form,
        "title": _("Close this vacancy?"),
        "text": vacancy.title,
        "ends": [said for tell in changes.ENDED_BY_CLOSING if (said := tell(vacancy.pk))],
        "save_label": _("Close the vacancy"),
        "back_url": reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk}),
    }
    return render(request, "vacancies/close.html", context)


@require_POST
def copy(request: SignedIn, vacancy_id: int) -> HttpResponse:
    """Begin a draft with the same answers."""
    twin = services.copy(vacancy=editable(request, vacancy_id), by=request.user)
    messages.success(request, _("Here is a copy, as a draft. Change what differs, then publish it."))
    return redirect("vacancies:check", vacancy_id=twin.pk)
