"""Views that do wrong what the sweep must find: without them, a sweep that finds nothing proves nothing."""

import logging
from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from visavis.config.urls import urlpatterns as ours
from visavis.people.models import User

log = logging.getLogger(__name__)


@login_not_required
def faulty(request: HttpRequest, fault: str) -> HttpResponse:
    typed = request.POST.get("typed", "")
    if fault == "raises":
        return HttpResponse(str(int(typed)))
    if fault == "writes":
        User.objects.update(language="en")
    if fault == "leads-away":
        return HttpResponseRedirect(typed)
    if fault == "tells":
        return HttpResponseRedirect(f"/?q={quote(typed)}")
    if fault == "logs":
        log.info("somebody typed %s", typed)
    response = HttpResponse(f'<form method="post"><input name="typed" value="{typed}"></form>')
    if fault == "bare":
        response["Content-Security-Policy"] = "default-src 'self' 'unsafe-inline'"
    if fault == "broken":
        response.status_code = 503
    return response if fault != "forgets" else HttpResponse('<input name="typed">')


urlpatterns = [*ours, path("faulty/<slug:fault>/", faulty)]
