"""The employer's desk: her vacancies, and how to begin one."""

import datetime as dt
from collections.abc import Callable, Mapping

from django.core.paginator import Paginator
from django.db.models import Count, Q, Value
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common import clock, sheets
from visavis.common.sheets import Sheet
from visavis.people import taking
from visavis.people.asked import AskedBy
from visavis.people.enums import Role
from visavis.vacancies import pasting, permissions, services
from visavis.vacancies.forms import EmployerForm, PasteForm
from visavis.vacancies.models import Employer, Vacancy
from visavis.vacancies.models.vacancy import VacancyQuerySet, live_on, over_on
from visavis.vacancies.views.request import SignedIn, allow

A_PAGE = 20
NEWEST_FIRST = ("-changed_at", "-pk")
MOST_DIGITS = 19


@require_GET
def mine(request: SignedIn) -> HttpResponseBase:
    """List the vacancies that the person may change: the open ones, unless she asks for others."""
    allow(permissions.can_write(request.user))
    asked = request.GET.get("state", "")
    state = asked if asked in GROUPS else "open"
    today = clock.today()
    rows = in_order(Vacancy.objects.editable_by(request.user).filter(GROUPS[state][1](today)))
    if kind := sheets.asked(request):
        make = lambda: sheet(rows)
        take = lambda: taking.take(
            actor=request.user.pk, name="vacancies", kind=kind, rows=rows.count(), sheet=make
        )
        return taking.or_back(request, take)
    counts = dict(zip(GROUPS, NUMBERS.first(request.user, today) or [0] * len(GROUPS), strict=True))
    pages = Paginator(rows, A_PAGE)
    pages.count = counts[state]
    page = pages.get_page(request.GET.get("page"))
    if page.number == 1:
        page.object_list = FIRST_PAGE[state](request.user)
    context = {
        "title": _("My vacancies") if request.user.has_role(Role.EMPLOYER) else _("Vacancies we write"),
        "filters": filters(counts, state),
        "page_obj": page,
        "several": OWN_EMPLOYERS.count(request.user) > 1,
        "density": "" if request.user.has_role(Role.EMPLOYER) else "staff",
    }
    return render(request, "vacancies/mine.html", context)


def in_order(rows: VacancyQuerySet) -> VacancyQuerySet:
    """Order vacancies as the list shows them, with what a card shows of each."""
    return rows.with_card().order_by(*NEWEST_FIRST)


def sheet(rows: VacancyQuerySet) -> Sheet:
    """Return a list of vacancies as a table that leaves, read as it is sent."""
    head = [
        _("Number"), _("Title"), _("Employer"), _("Town"), _("State"), _("Positions"), _("Published on"),
        _("Closes on"),
    ]  # fmt: skip
    found = (
        [
            one.pk,
            one.title,
            one.employer.name if one.employer else "",
            str(one.commune or ""),
            one.get_state_display(),
            one.positions,
            one.published_at and timezone.localdate(one.published_at),
            one.closes_on,
        ]
        for one in rows.iterator(chunk_size=500)
    )
    return Sheet(_("vacancies"), head, found)


# What an employer calls open is what people can answer today; what is over is called closed.
GROUPS: dict[str, tuple[Promise, Callable[[dt.date], Q]]] = {
    "open": (pgettext_lazy("vacancies", "Open"), live_on),
    "draft": (pgettext_lazy("vacancies", "Drafts"), lambda _day: Q(state=Vacancy.State.DRAFT)),
    "hidden": (pgettext_lazy("vacancies", "Hidden"), lambda _day: Q(state=Vacancy.State.HIDDEN)),
    "closed": (pgettext_lazy("vacancies", "Closed"), over_on),
}
# What the list shows of each: a fifth of a vacancy's row, and no description.
IN_THE_LIST = (
    *("title", "state", "positions", "changed_at", "closes_on"),
    *("employer__name", "commune__name", "commune__department"),
)


def _first_page(code: str) -> AskedBy[Vacancy]:
    of_group = GROUPS[code][1]
    return AskedBy(
        lambda actor: (
            Vacancy.objects.editable_by(actor)
            .filter(of_group(clock.today()))
            .select_related("employer", "commune")
            .only(*IN_THE_LIST)
            .order_by(*NEWEST_FIRST)[:A_PAGE]
        )
    )


# What nearly everybody looks at of her list: written once.
FIRST_PAGE = {code: _first_page(code) for code in GROUPS}
NUMBERS = AskedBy(
    lambda actor, day: (
        Vacancy.objects.editable_by(actor)
        .order_by()
        .annotate(whole=Value(1))
        .values("whole")
        .annotate(**{code: Count("pk", filter=of_group(day)) for code, (_label, of_group) in GROUPS.items()})
        .values_list(*GROUPS)
    )
)
OWN_EMPLOYERS = AskedBy(lambda actor: Employer.objects.of(actor).order_by().values_list("pk", flat=True))


def filters(counts: Mapping[str, int], state: str) -> list[dict[str, object]]:
    """Count each group as its list shows it; of hidden ones there are rarely any."""
    found: list[dict[str, object]] = [
        {
            "url": f"{reverse('vacancies:mine')}?state={code}",
            "label": label,
            "count": counts[code],
            "is_current": code == state,
        }
        for code, (label, _of_group) in GROUPS.items()
    ]
    hidden = list(GROUPS).index("hidden")
    return found if found[hidden]["count"] or state == "hidden" else found[:hidden] + found[hidden + 1 :]


def chosen(request: SignedIn) -> Employer | None:
    """Return the employer whose page led here, for who writes for others."""
    said = request.GET.get("employer", "")
    if not permissions.writes_for_others(request.user) or not said.isascii() or not said.isdigit():
        return None
    return Employer.objects.with_account().filter(pk=said).first() if len(said) < MOST_DIGITS else None


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Choose between five questions and a text to paste; the first makes a draft."""
    allow(permissions.can_write(request.user))
    employer = chosen(request)
    data = request.POST if request.method == "POST" else None
    form = EmployerForm(data, actor=request.user, chosen=employer)
    if request.method == "POST" and form.is_valid():
        vacancy = services.start(employer=form.employer(), by=request.user)
        return redirect("vacancies:question", vacancy_id=vacancy.pk, question="work")
    context = {
        "form": form,
        "title": _("Write a vacancy"),
        "chosen": employer,
        "writes_for_others": permissions.writes_for_others(request.user),
        "back_url": reverse("vacancies:mine"),
    }
    return render(request, "vacancies/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: SignedIn) -> HttpResponse:
    """Make a draft of a text."""
    allow(permissions.can_write(request.user))
    employer = chosen(request)
    data = request.POST if request.method == "POST" else None
    form = PasteForm(data, actor=request.user, chosen=employer)
    if request.method == "POST" and form.is_valid():
        vacancy = pasting.start(employer=form.employer(), text=form.cleaned_data["text"], by=request.user)
        return redirect("vacancies:understood", vacancy_id=vacancy.pk)
    context = {
        "form": form,
        "title": _("Paste the text of a vacancy"),
        "hint": employer.name if employer else "",
        "save_label": _("See what was understood"),
        "kept": _("Your text is kept as the description."),
        "back_url": reverse("vacancies:new"),
    }
    return render(request, "vacancies/paste.html", context)
