"""The page of one request, for who came in without an account: what is asked for, and where to give it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from visavis.common.uploading import is_too_big
from visavis.documents.arriving.entrances import Entrance
from visavis.documents.enums import Way
from visavis.documents.forms import SendForm
from visavis.documents.views.box import sent, too_big


def page(
    request: HttpRequest, entrance: Entrance, way: Way, *, said: str, urls: dict[str, str]
) -> HttpResponse:
    """Say what is asked for, and take it; what came before is not shown.

    `urls`: where the page is (`url`), where files in parts go (`parts_url`), and where one has finished (`done_url`).
    """
    if entrance.expected is None:
        raise Http404
    form = SendForm(entrance=entrance)
    if is_too_big(request):
        form = too_big(request, entrance)
    elif request.method == "POST":
        form = SendForm(request.POST, request.FILES, entrance=entrance)
        if form.is_valid() and sent(form, entrance.person, way) is not None:
            messages.success(request, said)
            return redirect(urls["url"])
    context = {"title": _("We need a document from you"), "expected": entrance.expected, "form": form}
    status = 413 if is_too_big(request) else 200
    return render(request, "documents/by_letter.html", context | urls, status=status)
