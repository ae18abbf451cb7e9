"""A helper begins a mandate with the code she was given, or gives one back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.common.errors import Refused
from visavis.mandates import services
from visavis.mandates.forms import CodeForm
from visavis.mandates.models import Mandate
from visavis.people import limits
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.tries.limits import forgive


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Ask for the code, of a visitor for her name and e-mail as well; she then signs in with it."""
    helper = request.user if isinstance(request.user, User) else None
    form = CodeForm(request.POST if request.method == "POST" else None, is_known=helper is not None)
    if form.is_bound and form.is_valid():
        who = str(helper.pk) if helper else form.cleaned_data["email"]
        try:
            if refusal := limits.refusal(request, limits.HANDED, who):
                raise Refused(refusal)
            row = services.take(code=form.cleaned_data["code"], helper=helper or _named(form))
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            forgive(request, limits.HANDED, who)
            if helper is None:
                messages.success(
                    request, _("The mandate has begun. Sign in with this e-mail: we send you a code.")
                )
                return redirect("account_login")
            messages.success(request, _("From now on you may act for %(name)s.") % {"name": row.person.name})
            return redirect("mandates:person", mandate_id=row.pk)
    context = {
        "form": form,
        "title": _("I help somebody"),
        "hint": _("The person you help prepared a mandate and gave you a code of ten signs."),
        "save_label": _("Begin"),
        "back_url": reverse("portal:home") if helper else "",
    }
    return render(request, "ui/question.html", context)


def _named(form: CodeForm) -> services.Newcomer:
    return services.Newcomer(
        form.cleaned_data["name"], form.cleaned_data["email"], (get_language() or "fr")[:2]
    )


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: PersonRequest, mandate_id: int) -> HttpResponse:
    """Ask once more, and end a mandate: the person is told."""
    row = get_object_or_404(Mandate.objects.of_helper(request.user).with_words(), pk=mandate_id)
    if request.method == "POST":
        services.end(mandate=row, by=request.user)
        said = _("You may no longer act for %(name)s. We tell the person.")
        messages.success(request, said % {"name": row.person.name})
        return redirect("portal:home")
    context = {
        "title": _("Stop helping %(name)s?") % {"name": row.person.name},
        "text": _("The mandate ends at once. To help again, the person gives you another one."),
        "save_label": _("Yes, end the mandate"),
        "back_url": reverse("mandates:person", kwargs={"mandate_id": row.pk}),
    }
    return render(request, "ui/confirm.html", context)
