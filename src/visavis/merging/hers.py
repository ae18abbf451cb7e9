"""Hers: two of her files became one, and “that is not me”, on her page, by the link of a message or a letter's code."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from visavis.common.addresses import address
from visavis.merging import linked, services
from visavis.merging.models import Merge
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Show her what became of her two files, and take her word that one is not hers."""
    if not request.user.has_role(Role.JOBSEEKER):
        raise Http404
    row = Merge.objects.told_to(request.user.pk).first()
    return _page(request, row, request.user, address("merging:mine"))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, code: str) -> HttpResponse:
    """Show it to who holds the link that was sent: that one thing, and one button."""
    row = linked.opened_by(code)
    if row is None:
        raise Http404
    return _page(request, row, None, request.path)


def by_letter(request: HttpRequest, news: News, url: str) -> HttpResponse:
    """Show it to the person a letter was written to."""
    rows = Merge.objects.visible_to(news.user)
    return _page(request, get_object_or_404(rows, pk=news.thing_id), None, url, is_by_letter=True)


def _page(
    request: HttpRequest, row: Merge | None, by: User | None, url: str, *, is_by_letter: bool = False
) -> HttpResponse:
    """Show it, or do what her button asks. Neither name nor contact of the other file stands on it."""
    is_out = False
    if request.method == "POST" and row is not None:
        is_undone = services.contest(row=row, by=by)
        row.refresh_from_db()
        if not is_undone or by is None:
            return redirect(url)
        is_out = True
        # She is signed out with the undo, since whoever is signed in may be the other person: it is said at once.
    context = {
        "title": _("Your files") if row is None else _title(row),
        "row": row,
        "url": url,
        "is_by_letter": is_by_letter,
        "is_out": is_out,
    }
    return render(request, "merging/mine.html", context)


def _title(row: Merge) -> str:
    return _("Your two files are one now") if row.undone_at is None else _("Your files are two again")
