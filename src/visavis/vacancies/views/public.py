"""What the whole web reads: our own open vacancies, one by one and as a list. No sign-in, no name of a person."""

import datetime as dt
import hashlib
import json
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.common import clock
from visavis.vacancies import facts, publishing, reporting
from visavis.vacancies.models import Vacancy
from visavis.vacancies.words.contact import without_contact

A_PAGE = 100
# What one sitemap may hold (sitemaps.org).
MOST_IN_SITEMAP = 50_000
SHARED_FOR_S = 300


def address(vacancy_id: int) -> str:
    """Return the public address of a vacancy, with the site's name."""
    return site(reverse("vacancies:public", kwargs={"vacancy_id": vacancy_id}))


def site(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


@login_not_required
@require_GET
def page(request: HttpRequest, vacancy_id: int) -> HttpResponseBase:
    """Show one of our open vacancies to anybody; 410 when it is closed, 404 when it was never public."""
    vacancy = get_object_or_404(Vacancy.objects.published_by_us().with_posting(), pk=vacancy_id)
    if not vacancy.is_open_on(clock.today()):
        return over(request, vacancy)
    with translation.override(settings.LANGUAGE_CODE):
        posting = publishing.job_posting(vacancy, url=address(vacancy.pk))
    marks = [posting, request.user.is_authenticated, translation.get_language(), str(clock.today())]
    # The style sheet's address changes with each version of the site.
    etag = quote_etag(digest(json.dumps([*marks, static("ui/visavis.css")])))
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    response = render(request, "vacancies/public.html", shown(vacancy, posting))
    response["ETag"], response["Last-Modified"] = etag, http_date(vacancy.changed_at.timestamp())
    if not request.user.is_authenticated:
        # It holds the form of the language, whose token is this visitor's.
        response["Cache-Control"] = "private, no-cache"
    return response


def over(request: HttpRequest, vacancy: Vacancy) -> HttpResponse:
    """Say that an ad can no longer be answered, and what to do instead."""
    is_hidden = vacancy.state == Vacancy.State.HIDDEN
    title = _("This ad is no longer shown") if is_hidden else _("This vacancy is closed")
    context = {"title": title, "is_hidden": is_hidden}
    return render(request, "vacancies/public_closed.html", context, status=410)


def shown(vacancy: Vacancy, posting: publishing.Posting) -> dict[str, Any]:
    employer = vacancy.employer
    words = publishing.plain_description(vacancy) if vacancy.description else ""
    return {
        "title": vacancy.title,
        "vacancy": vacancy,
        "employer": employer.name if employer else "",
        "about": without_contact(employer.about) if employer else "",
        "words": words,
        "facts": facts.about(vacancy),
        "essential": facts.skills(vacancy, is_essential=True),
        "wished": facts.skills(vacancy, is_essential=False),
        "url": posting["url"],
        "summary": ", ".join(
            filter(None, [employer.name if employer else "", facts.place(vacancy), facts.contract(vacancy)])
        ),
        "posting": publishing.as_script(posting),
        "reasons": reporting.ONE_TAP,
        "feed_url": site(reverse("vacancies:public_feed")),
        "is_hidden": settings.DEMO,
    }


@login_not_required
@require_GET
def feed(request: HttpRequest) -> HttpResponseBase:
    """List our open vacancies as a JSON Feed (version 1.1); each item carries its JobPosting."""
    with translation.override(settings.LANGUAGE_CODE):
        vacancies = Paginator(Vacancy.objects.public().with_posting().order_by("-pk"), A_PAGE)
        number = request.GET.get("page", "1")
        if not number.isascii() or not number.isdigit() or not 1 <= int(number[:9]) <= vacancies.num_pages:
            raise Http404
        shown_page = vacancies.page(int(number[:9]))
        here = site(reverse("vacancies:public_feed"))
        content: dict[str, Any] = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": _("Vacancies of %(service)s") % {"service": settings.VISAVIS_SERVICE_NAME},
            "home_page_url": site("/"),
            "feed_url": here,
            "language": settings.LANGUAGE_CODE,
            "items": [item(vacancy) for vacancy in shown_page],
        }
        if shown_page.has_next():
            content["next_url"] = f"{here}?page={shown_page.next_page_number()}"
    body = json.dumps(content, ensure_ascii=False).encode()
    return shared(request, body, "application/feed+json")


def item(vacancy: Vacancy) -> dict[str, Any]:
    url = address(vacancy.pk)
    parts = (vacancy.employer.name if vacancy.employer else "", facts.place(vacancy), facts.contract(vacancy))
    found = {
        "id": url,
        "url": url,
        "title": vacancy.title,
        "content_text": ", ".join(filter(None, parts)) or vacancy.title,
        "date_modified": vacancy.changed_at.isoformat(),
        "_job_posting": publishing.job_posting(vacancy, url=url),
    }
    return found | ({"date_published": vacancy.published_at.isoformat()} if vacancy.published_at else {})


@login_not_required
@require_GET
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """List the public pages for search engines, the newest first."""
    rows = Vacancy.objects.public().order_by("-pk").values_list("pk", "changed_at")[:MOST_IN_SITEMAP]
    lines = (
        f"<url><loc>{escape(address(pk))}</loc><lastmod>{changed_at:%Y-%m-%dT%H:%M:%SZ}</lastmod></url>"
        for pk, changed_at in rows
    )
    body = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n',
        *(f"{line}\n" for line in lines),
        "</urlset>\n",
    ]
    return shared(request, "".join(body).encode(), "application/xml")


@login_not_required
@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines read the public pages only; nothing at all of a demonstration, which is invented."""
    allowed = [
        reverse("vacancies:public", kwargs={"vacancy_id": 0}).removesuffix("0/"),
        reverse("vacancies:public_feed"),
        reverse("vacancies:sitemap"),
        settings.STATIC_URL,
    ]
    lines = ["User-agent: *"]
    if not settings.DEMO:
        lines += [f"Allow: {path}" for path in allowed]
        # One page of openings is enough: a search engine need not try every search.
        lines += [f"Disallow: {allowed[0]}?", f"Disallow: {allowed[0]}feed"]
    lines += ["Disallow: /"]
    if not settings.DEMO:
        lines += ["", f"Sitemap: {site(reverse('vacancies:sitemap'))}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def shared(request: HttpRequest, body: bytes, content_type: str) -> HttpResponseBase:
    """Answer what is the same for everybody; who has it already is told so."""
    etag, modified = quote_etag(digest(body)), last_change()
    unchanged = get_conditional_response(request, etag=etag, last_modified=int(modified.timestamp()))
    response = unchanged or HttpResponse(body, content_type=content_type)
    response["ETag"], response["Last-Modified"] = etag, http_date(modified.timestamp())
    if not request.user.is_authenticated:
        response["Cache-Control"] = f"public, max-age={SHARED_FOR_S}"
        patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response


def last_change() -> dt.datetime:
    """Return when the list could last have changed: one of ours did, or a day ended and one closed with it."""
    changed = Vacancy.objects.filter(feed__isnull=True).order_by("-changed_at")
    last = changed.values_list("changed_at", flat=True).first()
    midnight = timezone.make_aware(dt.datetime.combine(clock.today(), dt.time()))
    return max(filter(None, [last, midnight]))


def digest(content: bytes | str) -> str:
    data = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()[:32]
