"""What each role sees first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.employers import wording as accounts
from visavis.employers.enums import State as AccountState
from visavis.employers.models import Account, Joining
from visavis.introductions.enums import State
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import Opened
from visavis.journal.models import Entry
from visavis.matches import services
from visavis.matches.models import Opinion, Run
from visavis.matches.pages import cards, headings, introducing, returning, unlocking
from visavis.matches.views.openings import OPINIONS, put_aside, served
from visavis.people import waiting, wording
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.portal.desk import caseload
from visavis.vacancies.models import Vacancy

CARDS = 5
VACANCIES = 10

OWN = Prepared(
    lambda user, day: (
        Jobseeker.objects.filter(user=user).with_presence(day).select_related("user", "commune", "counsellor")
    )
)


@dataclass(frozen=True)
class Section:
    """One role's part of the home page: a template and what it shows."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


def sections(actor: User, answered: int | None = None) -> list[Section]:
    """Return the parts for all roles of a person, in a fixed order; `answered` is an opening just answered."""
    makers: dict[Role, Callable[[User], Section]] = {
        Role.JOBSEEKER: partial(jobseeker, answered=answered),
        Role.COUNSELLOR: counsellor,
        Role.RECEPTION: reception,
        Role.HEAD: head,
        Role.EMPLOYER: employer,
        Role.PROTECTION: protection,
        Role.HELPER: helper,
    }
    return asked(actor) + [make(actor) for role, make in makers.items() if role in actor.roles]


def jobseeker(actor: User, answered: int | None = None) -> Section:
    """Her next step, what waits for her, five openings."""
    profile = OWN.first(actor.pk, clock.today())
    if profile is None:
        return Section("portal/jobseeker.html", {"profile": None})
    opinions = {opinion.vacancy_id: opinion for opinion in OPINIONS(profile.pk)}
    owner = Opened(profile, actor)
    matches = served(actor, owner, put_aside(opinions.values(), answered))[:CARDS]
    services.log_showing(page="home", matches=matches, by=actor, jobseeker=profile)
    shown = introducing.mark_openings(cards.openings(matches, owner, opinions, answered), matches, owner)
    for card in shown:
        card["url"] += returning.came(returning.HOME.items())
    return Section(
        "portal/jobseeker.html",
        {
            "profile": profile,
            "headings": headings.of_list(shown, matches, owner),
            "one_answer": unlocking.one_answer(owner, matches),
            "waiting": waiting.waiting_for(actor, Role.JOBSEEKER),
            "meetings": waiting.meetings_of(actor, Role.JOBSEEKER),
            "kept": sum(opinion.kind == Opinion.Kind.KEPT for opinion in opinions.values()),
        },
    )


def counsellor(actor: User) -> Section:
    """The ready filters with their counts, who cannot wait, and who said something last."""
    whole = caseload.Caseload(actor)
    return Section(
        "portal/counsellor.html",
        {
            "filters": whole.filters(None),
            "urgent": whole.urgent(),
            "said": caseload.said_last(actor),
            "waiting": waiting.waiting_for(actor, Role.COUNSELLOR),
        },
    )


def reception(actor: User) -> Section:
    """The agency's hours and the way to a person's file."""
    return Section("portal/reception.html", {"agencies": Agency.objects.of(actor).select_related("commune")})


def head(actor: User) -> Section:
    """Figures of the agency, without names."""
    agencies = Agency.objects.of(actor)
    people = Jobseeker.objects.filter(agency__in=agencies)
    load = (
        people.filter(counsellor__isnull=False)
        .values("counsellor__name")
        .annotate(number=Count("pk"))
        .order_by("-number")
        .values_list("counsellor__name", "number")
    )
    return Section(
        "portal/head.html",
        {
            "people": people.count(),
            "unassigned": Jobseeker.objects.visible_to(actor).without_counsellor().count(),
            "vacancies": Vacancy.objects.open().count(),
            "load": cards.load_plot(list(load)),
            "last_run": Run.objects.filter(scope=Run.Scope.EVERYBODY, state=Run.State.DONE).first(),
            "agencies": agencies,
            "waiting": waiting.waiting_for(actor, Role.HEAD),
        },
    )


def employer(actor: User) -> Section:
    """Who waits for an answer, the meetings to come, the open vacancies; drafts and closed ones apart."""
    own = Vacancy.objects.editable_by(actor)
    answers = Count("introductions", filter=Q(introductions__state=State.PUT))
    shown = own.live().with_card().annotate(to_answer=answers).order_by("-to_answer", "-published_at", "-pk")
    drafts = own.filter(state=Vacancy.State.DRAFT).order_by("-changed_at")
    context = {
        "vacancies": shown[:VACANCIES],
        "open": own.live().count(),
        "drafts": drafts.with_card()[:VACANCIES],
        "hidden": own.filter(state=Vacancy.State.HIDDEN).count(),
        "closed": own.over().count(),
        "several": len(actor.organisation_ids(Role.EMPLOYER)) > 1,
        "waiting": waiting.waiting_for(actor, Role.EMPLOYER),
        "meetings": waiting.meetings_of(actor, Role.EMPLOYER),
    }
    return Section("portal/employer.html", context)


def asked(actor: User) -> list[Section]:
    """Where the requests of somebody stand who asked for an employer's account and has none."""
    if actor.has_role(Role.EMPLOYER):
        return []
    requests = list(Account.objects.filter(contact=actor).exclude(state=AccountState.OPEN))
    joinings = list(Joining.objects.filter(user=actor, state=Joining.State.ASKED).select_related("account"))
    if not requests and not joinings:
        return []
    told = [{"row": row, "story": accounts.story(row)} for row in requests]
    return [Section("portal/asked.html", {"requests": told, "joinings": joinings})]


def protection(actor: User) -> Section:
    """What was done and read lately, in numbers."""
    counts = Entry.objects.values_list("action").annotate(number=Count("pk")).order_by("-number")
    rows = [{"action": wording.action(code), "number": number} for code, number in counts]
    return Section("portal/protection.html", {"counts": rows})


def helper(actor: User) -> Section:
    """What a helper can do before she has a mandate."""
    return Section("portal/helper.html")


def retention() -> list[dict[str, str]]:
    """Return what is kept, for how long and why: the table of docs/operations.md in plain words."""
    return [
        {
            "label": _("Your profile"),
            "value": _(
                "Until you close your file, then two years; you can take it away or correct it at any time."
            ),
        },
        {
            "label": _("Your opinions of openings"),
            "value": _(
                "As long as your profile. Your counsellor reads them. An employer learns only that somebody"
                " is interested, without a name."
            ),
        },
        {
            "label": _("Your introductions and hires"),
            "value": _(
                "As long as your profile. Your counsellor reads them, and the employer those put to him:"
                " without your name until you have both said yes. Hires are counted, without names, in what"
                " people hired for a work have in common."
            ),
        },
        {
            "label": _("The searches you keep"),
            "value": _(
                "Until you remove them, or six months after you stopped them. Other searches are not kept:"
                " nobody writes down what you look for."
            ),
        },
        {
            "label": _("The lists shown"),
            "value": _(
                "At least six months: what was shown, from what, by which version. The law asks for it."
            ),
        },
        {"label": _("Who read your file"), "value": _("Twelve months. You can read it in your account.")},
        {"label": _("Your interests"), "value": _("Only those you put in your file. No employer sees them.")},
    ]
