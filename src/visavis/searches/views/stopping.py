"""The link of a message that ends messages about new openings, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from visavis.searches.alerts import services, telling


# A mail program sends the form for her (RFC 8058): it has no cookie, and the address is the proof.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more with one button; then stop. Opening the address changes nothing."""
    user_id = telling.who_stops(token)
    if user_id is None:
        raise Http404
    if request.method == "POST":
        services.stop_all(user_id=user_id)
        return render(request, "searches/stopped.html", {"title": _("You are told no more of new openings")})
    context = {
        "title": _("Be told no more of new openings?"),
        "text": _("Your searches are kept in your account: you can begin again there at any time."),
        "save_label": _("Stop these messages"),
    }
    return render(request, "ui/confirm.html", context)
