"""A document given by who holds the letter that asks for it, without an account: for that request alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from visavis.documents.arriving import entrances
from visavis.documents.enums import Way
from visavis.documents.views import one_request
from visavis.news.models import News


def page(request: HttpRequest, news: News, url: str) -> HttpResponse:
    """Take what the letter asks for."""
    where = resolve(url).kwargs
    urls = {
        "url": url,
        "parts_url": reverse("documents:uploads_by_letter", kwargs=where),
        "done_url": reverse("news:by_code_done"),
    }
    said = _("It arrived whole. We tell you when it is checked.")
    return one_request.page(request, entrances.by_letter(request, **where), Way.LETTER, said=said, urls=urls)
