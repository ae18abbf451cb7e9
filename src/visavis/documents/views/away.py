"""What is answered while the store of documents does not answer: the page that says so, and that it comes back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from visavis.documents import files

AFTER_S = 60


def reads_files(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 503 where a file is kept and cannot be read now."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **where: Any) -> HttpResponse:
        try:
            return view(request, *args, **where)
        except files.Away:
            page = get_template("503.html").render({"again": ""})
            return HttpResponse(page, status=503, headers={"Retry-After": str(AFTER_S)})

    return answered
