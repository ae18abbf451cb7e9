"""What people see while the database does not answer: a page that says so, and asks it nothing."""

import logging
import sys
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views.defaults import server_error

from visavis.common import away

log = logging.getLogger(__name__)
AFTER_S = 10
# Answered without the database, or by what says how the database is.
NEVER_STOPPED = ("/health/",)


class AwayMiddleware:
    """Answer 503 for whatever the database, being gone or busy, keeps from being answered.

    Stands before everything that asks it: sessions, who is signed in, her language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith((*NEVER_STOPPED, settings.STATIC_URL)):
            return self.get_response(request)
        if not away.LATCH.may_try():
            return answer(request)
        try:
            response = self.get_response(request)
        except Exception as error:
            if not away.is_away(error):
                raise
            away.LATCH.shut()
            log.warning("the database does not answer: %s", type(error.__cause__ or error).__qualname__)
            return answer(request)
        away.LATCH.open()
        return response


def failed(request: HttpRequest) -> HttpResponse:
    """Answer for what failed (`handler500`); what the database did not answer goes on to the middleware."""
    error = sys.exception()
    if error is not None and away.is_away(error):
        raise error
    return server_error(request)


def answer(request: HttpRequest) -> HttpResponse:
    """Return the page, or what a program reads in its place."""
    for prefix, of_programs in away.ANSWERS.items():
        if request.path.startswith(prefix):
            response = of_programs(request)
            break
    else:
        again = request.get_full_path() if request.method == "GET" else ""
        response = HttpResponse(get_template("503.html").render({"again": again}), status=503)
    response["Retry-After"] = str(AFTER_S)
    response["Cache-Control"] = "no-store"
    return response
