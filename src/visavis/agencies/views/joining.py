"""A new colleague comes in: a code on paper and her e-mail, together."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.agencies import team
from visavis.agencies.forms import JoinForm
from visavis.common.errors import Refused
from visavis.people import limits
from visavis.tries.limits import forgive


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask for both, give the role, and lead to where one signs in."""
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"].lower()
        try:
            if refusal := limits.refusal(request, limits.HANDED, email):
                raise Refused(refusal)
            team.accept(**form.cleaned_data, language=(get_language() or "fr")[:2])
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            forgive(request, limits.HANDED, email)
            messages.success(
                request,
                _("Welcome. Sign in with this e-mail: we send you a code, then you set up a second factor."),
            )
            return redirect("account_login")
    context = {
        "form": form,
        "title": _("I come to work in an agency"),
        "hint": _("The head of the agency gave you a code on paper, for your e-mail at work."),
        "save_label": _("Come in"),
    }
    return render(request, "ui/question.html", context)
