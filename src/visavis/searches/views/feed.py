"""A feed a search: what anybody may read, the newest first."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.searches import services
from visavis.searches.asked import Order
from visavis.searches.found import Opening
from visavis.searches.pages import asking
from visavis.searches.pages.cards import in_full, url_of
from visavis.vacancies.models.vacancy import OPEN_CARDS
from visavis.vacancies.views import public

A_FEED = 50


@login_not_required
@require_GET
def feed(request: HttpRequest) -> HttpResponseBase:
    """Give the newest openings of a search as a JSON Feed (version 1.1); one's own limits stand in no feed."""
    asked = asking.read(dict(request.GET.lists()), has_profile=False).asked
    asked = asked.but(order=Order.DATE.value, in_limits=False)
    with translation.override(settings.LANGUAGE_CODE):
        found = services.find(asked, language=settings.LANGUAGE_CODE, page_size=A_FEED, rows=OPEN_CARDS)
        content = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": _("Openings: %(search)s") % {"search": asked.words or _("all")},
            "home_page_url": public.site(reverse("searches:jobs") + asking.query(asked)),
            "feed_url": public.site(reverse("searches:feed") + asking.query(asked)),
            "language": settings.LANGUAGE_CODE,
            "items": [item(one) for one in found.openings],
        }
    return public.shared(request, json.dumps(content, ensure_ascii=False).encode(), "application/feed+json")


def item(one: Opening) -> dict[str, Any]:
    """Return an opening as it is published; of one that a feed brought, what it is and where to read it."""
    vacancy = one.vacancy
    if vacancy.feed_id is None:
        return public.item(vacancy)
    url = url_of(vacancy, AnonymousUser(), None)
    found = {
        "id": public.address(vacancy.pk),
        "url": url if vacancy.source_url else public.site(url),
        "title": vacancy.title,
        "content_text": ", ".join(in_full(one)) or vacancy.title,
        "date_modified": vacancy.changed_at.isoformat(),
    }
    return found | ({"date_published": vacancy.published_at.isoformat()} if vacancy.published_at else {})
