"""A document given by who holds the letter that asks for it, without an account: for that request alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from visavis.documents.arriving import entrances
from visavis.documents.enums import Way
from visavis.documents.forms import SendForm
from visavis.documents.views.box import sent
from visavis.news.models import News


def page(request: HttpRequest, news: News, url: str) -> HttpResponse:
    """Say what is asked for, and take it; what came before is not shown."""
    where = resolve(url).kwargs
    entrance = entrances.by_letter(request, **where)
    if entrance.expected is None:
        raise Http404
    form = SendForm(entrance=entrance)
    if request.method == "POST":
        form = SendForm(request.POST, request.FILES, entrance=entrance)
        if form.is_valid() and sent(form, news.user, Way.LETTER) is not None:
            messages.success(request, _("It arrived whole. We tell you when it is checked."))
            return redirect(url)
    context = {
        "title": _("We need a document from you"),
        "expected": entrance.expected,
        "form": form,
        "url": url,
        "parts_url": reverse("documents:uploads_by_letter", kwargs=where),
        "done_url": reverse("news:by_code_done"),
    }
    return render(request, "documents/by_letter.html", context)
