"""Find documents by words that stand in them, among the people whom a counsellor follows or stands in for."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from visavis.documents import finding
from visavis.journal import services as journal
from visavis.people.enums import Role
from visavis.people.requests import PersonRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: PersonRequest) -> HttpResponse:
    """Look for words; they come by POST, so that no address says them. That it was asked is in the journal."""
    actor = request.user
    if not actor.has_role(Role.COUNSELLOR):
        raise Http404
    typed = request.POST.get("q", "").replace("\0", "").strip()[:120]
    found = list(finding.found(actor, typed)[: finding.MOST_FOUND]) if typed else []
    if typed:
        journal.listed("documents", by=actor.pk, shown=len(found), asked=("words", typed))
    context = {
        "title": _("Search documents"),
        "words": typed,
        "found": found,
        "is_many": len(found) == finding.MOST_FOUND,
        "back_url": reverse("portal:home"),
        "density": "staff",
    }
    return render(request, "documents/search.html", context)
