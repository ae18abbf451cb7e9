"""The end of a follow-up: her page, the desk's, and hers opened by the link of a message or the code of a letter."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from visavis.casefiles.endings import linked, services, telling, told
from visavis.casefiles.endings.enums import NOTED, Side, Way
from visavis.casefiles.endings.forms import ProposeForm, ReasonForm
from visavis.casefiles.endings.services import NotNow, Origin
from visavis.casefiles.models import Ending
from visavis.common.addresses import address
from visavis.common.errors import Refused
from visavis.jobseekers import opened
from visavis.jobseekers.followed import person_url
from visavis.jobseekers.opened import Opened
from visavis.journal import under
from visavis.news import channels
from visavis.news.models import News
from visavis.people.acting import AT_WORK, acts_for
from visavis.people.enums import Capacity
from visavis.people.models import User
from visavis.people.requests import PersonRequest

STATUS_MEANWHILE = 409


# Hers --------------------------------------------------------------------------------------------------


def way_of_hers() -> Way:
    """Return how it is said on her own pages: by herself, by a helper, or at the counter in her presence."""
    found = under.current()
    if found is None:
        return Way.SITE
    return Way.HELPER if found.mandate_id is not None else Way.COUNTER


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Show her where her follow-up stands; let it go on, take it up again, or end it."""
    sheet = opened.file(request, None, "ending")
    url, way = address("casefiles:ending"), way_of_hers()
    form = ReasonForm(request.POST if request.POST.get("act") == "ask" else None)
    if form.is_bound and form.is_valid():
        try:
            row = services.propose(
                jobseeker=sheet.jobseeker,
                wanted=form.wanted,
                origin=Origin(request.user, Side.PERSON, way),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _asked(row))
            return redirect(url)
    row_there = told.latest(request.user)
    if request.method == "POST" and not form.is_bound:
        return _answered(request, row_there, Origin(request.user, Side.PERSON, way), url)
    context = {
        "form": form,
        "may_ask": row_there is None or not row_there.is_unresolved,
        "meetings": told.hers(request.user),
        "back_url": address("casefiles:mine"),
    }
    return _show(request, row_there, url, sheet.jobseeker.counsellor, context)


def _asked(row: Ending) -> str:
    if row.is_over:
        return _("Your follow-up has ended, as you asked. You may take it up again at any time.")
    return _("It is noted. The person is told the day, and may still say that the follow-up goes on.")


def _answered(request: HttpRequest, row: Ending | None, origin: Origin, url: str) -> HttpResponse:
    """Do what a button of hers asks."""
    act = request.POST.get("act", "")
    try:
        if row is None or act not in ("stay", "again"):
            raise NotNow
        (services.stay if act == "stay" else services.again)(ending=row, origin=origin)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is noted: your follow-up goes on."))
    return redirect(url)


def _show(
    request: HttpRequest, row: Ending | None, url: str, counsellor: User | None, more: dict[str, Any]
) -> HttpResponse:
    form = more.get("form")
    context = {
        "title": _("Does my follow-up go on?"),
        "ending": row,
        "day": telling.first_told(row) if row is not None and row.is_proposed else None,
        "counsellor": counsellor,
        "again_on": services.may_be_proposed_on(row.person) if row is not None else None,
        "url": url,
        **more,
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, "casefiles/ending.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, code: str) -> HttpResponse:
    """Show the end of a follow-up to who holds the link that was sent: that one thing, and one button."""
    row = linked.opened_by(code)
    if row is None:
        raise Http404
    return _without_account(request, row, Way.LINK, request.path)


def by_letter(request: HttpRequest, news: News, url: str) -> HttpResponse:
    """Show the end of a follow-up to the person a letter was written to."""
    rows = Ending.objects.visible_to(news.user).select_related("person__jobseeker", "counsellor")
    row = get_object_or_404(rows, pk=news.thing_id, person=news.user_id)
    return _without_account(request, row, Way.LETTER, url)


def _without_account(request: HttpRequest, row: Ending, way: Way, url: str) -> HttpResponse:
    # An older link opens what stands now: it is hers as well.
    row = told.latest(row.person) or row
    if request.method == "POST":
        return _answered(request, row, Origin(row.person, Side.PERSON, way), url)
    jobseeker = row.person.jobseeker
    more = {"form": None, "may_ask": False, "is_by_letter": way == Way.LETTER, "is_without_account": True}
    return _show(request, row, url, jobseeker.counsellor, more)


@require_GET
def one(request: PersonRequest, ending_id: int) -> HttpResponse:
    """Lead who was told of it to the page of it that is his."""
    row = get_object_or_404(Ending.objects.visible_to(request.user), pk=ending_id)
    if row.person_id == request.user.pk:
        return redirect("casefiles:ending")
    return redirect("casefiles:ending_of", jobseeker_id=row.person.jobseeker.pk)


# The desk's --------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def of(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """Show at the desk where a person's follow-up stands; propose its end, note her word, take back."""
    sheet = opened.file(request, jobseeker_id, "ending")
    person = sheet.jobseeker.user
    if sheet.is_hers or acts_for(request.user, person, *AT_WORK) is None:
        raise Http404
    follows = acts_for(request.user, person, Capacity.COUNSELLOR) is not None
    is_proposed = request.POST.get("act") == "propose" and follows
    form = ProposeForm(request.POST if is_proposed else None, reason=request.GET.get("reason", ""))
    if is_proposed and form.is_valid() and _propose(request, sheet, form):
        return redirect(address("casefiles:ending_of", jobseeker_id=jobseeker_id))
    row = told.latest(person)
    if request.method == "POST" and not is_proposed:
        return _noted(request, row, sheet, follows=follows)
    may_propose = follows and (row is None or not row.is_unresolved)
    context = told.facts(row) | {
        "title": _("End of the follow-up"),
        "person": person,
        "form": form if may_propose else None,
        "first_day": telling.first_told(row) if row is not None and row.is_proposed else None,
        "again_on": services.may_be_proposed_on(person) if may_propose else None,
        "notice": services.notice().days,
        "follows": follows,
        "may_undo": row is not None and follows and services.may_be_taken_back(row),
        "goes_on": told.goes_on(sheet.jobseeker, request.user) if follows else None,
        "back_url": person_url(sheet.jobseeker) if follows else sheet.person_url,
        "density": "staff",
    }
    return render(request, "casefiles/ending_of.html", context, status=400 if form.errors else 200)


def _propose(request: PersonRequest, sheet: Opened, form: ProposeForm) -> bool:
    """Propose, or write down that she asks for it, and say whether the page is asked anew; else on the form why not."""
    try:
        services.propose(jobseeker=sheet.jobseeker, wanted=form.wanted, origin=form.origin(request.user))
    except (services.TooEarly, services.TooSoon) as refusal:
        form.add_error("ends_on", str(refusal))
    except NotNow as refusal:
        # The form is gone: the page shows what happened meanwhile.
        messages.error(request, str(refusal))
        return True
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, channels.told(sheet.jobseeker.user, _("It is proposed.")))
        return True
    return False


def _noted(request: PersonRequest, row: Ending | None, sheet: Opened, *, follows: bool) -> HttpResponse:
    """Note her word, as she said it to somebody of the service; or take back what the agency did."""
    act, way = request.POST.get("act", ""), request.POST.get("way", "")
    hers = Origin(request.user, Side.PERSON, Way(way)) if way in NOTED else None
    try:
        if row is None:
            raise NotNow
        if act == "stay" and hers is not None:
            services.stay(ending=row, origin=hers)
        elif act == "again":
            services.again(ending=row, origin=hers or Origin(request.user, Side.AGENCY))
        elif act == "withdraw" and follows:
            services.withdraw(ending=row, origin=Origin(request.user, Side.AGENCY))
        elif act == "undo" and follows:
            services.take_back(ending=row, by=request.user)
        else:
            raise NotNow
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is noted: the follow-up goes on."))
    return redirect(address("casefiles:ending_of", jobseeker_id=sheet.jobseeker.pk))
