"""What a request opened is forgotten with it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from visavis.vault import keys


class KeysMiddleware:
    """Hold people's keys for one request: erased, they open nothing in the next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        keys.forget()
        try:
            return self.get_response(request)
        finally:
            keys.forget()
