"""In by a letter from the counter: her name and the code on it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from visavis.common.errors import Refused
from visavis.people import letters, limits, services
from visavis.people.forms import LetterForm
from visavis.people.views.signing_in import let_in
from visavis.tries.limits import forgive


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for both, and let her in."""
    if request.user.is_authenticated:
        return redirect("portal:home")
    form = LetterForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        account = letters.folded(form.cleaned_data["name"])
        try:
            if refusal := limits.refusal(request, limits.HANDED, account):
                raise Refused(refusal)
            user = letters.use(**form.cleaned_data)
        except letters.WrongLetter as refusal:
            services.note_refused_sign_in(user=None, how="letter")
            form.add_error("code", str(refusal))
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            forgive(request, limits.HANDED, account)
            return let_in(request, user, method="letter")
    context = {
        "form": form,
        "title": _("Sign in with a letter"),
        "hint": _("The agency gave you a letter with a code. It works once, for two weeks."),
        "save_label": _("Sign in"),
        "back_url": reverse("account_login"),
    }
    return render(request, "ui/question.html", context)
