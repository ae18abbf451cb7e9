"""A document given by who holds the letter that asks for it, without an account: for that request alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from visavis.common.errors import Refused
from visavis.documents import services
from visavis.documents.enums import Kind, Way
from visavis.documents.forms import SendForm
from visavis.documents.models import Expected
from visavis.news.models import News


def page(request: HttpRequest, news: News, url: str) -> HttpResponse:
    """Say what is asked for, and take it; what came before is not shown."""
    expected = get_object_or_404(Expected, pk=news.thing_id, person=news.user_id, ended_at__isnull=True)
    form = SendForm(only=expected)
    if request.method == "POST":
        form = SendForm(request.POST, request.FILES, only=expected)
        if form.is_valid():
            chosen = form.cleaned_data
            sent = services.Sent(
                contents=[one.read() for one in chosen["photos"]],
                kind=Kind(chosen["kind"]),
                form=chosen["form"],
                expected=chosen["expected"],
                way=Way.LETTER,
            )
            try:
                services.send(person=news.user, sent=sent, by=news.user)
            except Refused as refusal:
                form.add_error("photos", str(refusal))
            else:
                messages.success(request, _("It arrived whole. We tell you when it is checked."))
                return redirect(url)
    context = {"title": _("We need a document from you"), "expected": expected, "form": form, "url": url}
    return render(request, "documents/by_letter.html", context)
