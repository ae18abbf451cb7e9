"""Headers that keep a person's pages out of caches: Back on a shared computer shows nothing. And what must be TLS."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class PrivatePagesMiddleware:
    """No page of a signed-in person is stored by a browser or a proxy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        # The room of an interview asks for a camera; no other page does.
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(), camera=(), microphone=(), interest-cohort=()"
        )
        return response


class EncryptedProgramsMiddleware:
    """A program that asks in plain is refused and not led on: its key went in plain, and somebody must notice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.paths = re.compile("|".join(settings.VISAVIS_FOR_PROGRAMS))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_refused = settings.SECURE_SSL_REDIRECT and not request.is_secure()
        if is_refused and self.paths.search(request.path.removeprefix("/")):
            said = "Ask by https. If a key was sent, it went in plain: revoke it.\n"
            return HttpResponse(said, status=403, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
