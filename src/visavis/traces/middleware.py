"""What a report's address never gets to see: who asks, from where, with which cookie."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ADDRESSES = frozenset({"/traces/terms.json", "/traces/interests.json", "/traces/reports/"})
SAYS_WHO = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_REFERER", "HTTP_USER_AGENT", "HTTP_FORWARDED")
# Proxies write whom they serve under many names: whatever looks like one goes.
OF_PROXIES = ("HTTP_X_", "HTTP_CF_", "HTTP_TRUE_CLIENT", "HTTP_VIA", "REMOTE_")
# Whether the proxy was asked over TLS says nothing of who asked.
KEPT = "HTTP_X_FORWARDED_PROTO"


class NobodyMiddleware:
    """The first of all: what comes after it, logs included, finds no address, no cookie and no browser's name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in ADDRESSES:
            return self.get_response(request)
        for name in list(request.META):
            if name in SAYS_WHO or (name.startswith(OF_PROXIES) and name != KEPT):
                del request.META[name]
        response = self.get_response(request)
        response.cookies.clear()
        varies = response.headers.get("Vary", "").split(", ")
        response["Vary"] = ", ".join(name for name in varies if name and name != "Cookie")
        response["Access-Control-Allow-Origin"] = "*"
        response["Cache-Control"] = "no-store"
        return response
