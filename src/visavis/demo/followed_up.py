"""What the counsellors wrote down of the meetings of the last week, the plans made there, and follow-ups that end."""

import datetime as dt
from typing import Any

import numpy as np

from visavis.appointments.enums import State
from visavis.appointments.models import Appointment
from visavis.casefiles import plans, services
from visavis.casefiles.endings import services as endings
from visavis.casefiles.endings import sweep
from visavis.casefiles.endings import telling as told
from visavis.casefiles.endings.enums import Reason
from visavis.casefiles.endings.enums import Side as EndingSide
from visavis.casefiles.enums import Kind, Side, Way, Whose
from visavis.casefiles.plans import Origin, Wanted
from visavis.casefiles.services import Text
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.news.models import News

WRITTEN_AFTER = dt.timedelta(minutes=10)
SHARED, BEGUN = 0.7, 0.85
SAID = (
    "Vous avez envoyé trois candidatures depuis notre dernier entretien. Une entreprise vous a appelé.",
    "La recherche avance lentement. Nous avons relu ensemble les offres qui vous conviennent.",
    "Vous préférez travailler le jour, à moins de trente minutes de chez vous. Le bus s’arrête à 20 h.",
    "Vous avez fini votre formation. Il vous manque encore l’attestation.",
)
AGREED = (
    "Vous refaites votre CV avant la fin du mois.\nJ’appelle l’entreprise cette semaine.",
    "Vous venez à l’atelier de mardi.",
    "Vous répondez aux deux offres retenues.\nNous en reparlons dans trois semaines.",
)


ACTIONS = (
    ("Refaire mon CV", Whose.PERSON, ""),
    ("Appeler l’entreprise de transport", Whose.US, ""),
    ("Visiter la crèche", Whose.PERSON, ""),
    ("Préparer l’entretien d’embauche", Whose.PARTNER, "La mission locale"),
)
GOALS = ("Trouver un poste de jour", "Passer le permis", "Reprendre à temps partiel")
PLANNED, ADDED = 0.6, 0.3


def fill(dice: np.random.Generator) -> None:
    """Write and share the minutes of most meetings, begin those of some, and leave the others."""
    for row in Appointment.objects.filter(state=State.SEEN).with_words().order_by("pk"):
        drawn = dice.random()
        if row.counsellor is None or drawn > BEGUN:
            continue
        text = Text(SAID[dice.integers(len(SAID))], AGREED[dice.integers(len(AGREED))])
        with clock.moved(min(row.ends_at + WRITTEN_AFTER, clock.now())):
            minutes = services.begin_minutes(appointment=row, by=row.counsellor)
            (services.share if drawn < SHARED else services.save)(
                minutes=minutes, text=text, by=row.counsellor, seen=minutes.version
            )
    _plan(dice)
    _end()
    # What was told until here has long arrived.
    News.objects.filter(state=News.State.WAITING).update(state=News.State.SENT, told_at=clock.now())


def _plan(dice: np.random.Generator) -> None:
    """Let most who were seen have a plan: agreed on at the agency, some with what one of both added since."""
    seen = Jobseeker.objects.filter(user__appointments__state=State.SEEN).distinct().order_by("pk")
    for jobseeker in seen.select_related("user", "counsellor"):
        if jobseeker.counsellor is None or dice.random() > PLANNED:
            continue
        both = Origin(jobseeker.counsellor, Side.AGENCY, Way.COUNTER)
        told: dict[str, Any] = {"person": jobseeker.user}
        wanted = Wanted(GOALS[dice.integers(len(GOALS))])
        goal = plans.add(**told, kind=Kind.GOAL, wanted=wanted, origin=both)
        for place in dice.permutation(len(ACTIONS))[:2]:
            words, whose, partner = ACTIONS[place]
            due_on = clock.today() + dt.timedelta(days=int(dice.integers(-3, 30)))
            wanted = Wanted(words, whose, partner, due_on, goal)
            plans.add(**told, kind=Kind.ACTION, wanted=wanted, origin=both)
        if dice.random() < ADDED:
            hers = Origin(jobseeker.user, Side.PERSON)
            plans.add(**told, kind=Kind.ACTION, wanted=Wanted("Demander une attestation"), origin=hers)


# How many days ago the end of some follow-ups was proposed, with each counsellor: it comes this week, is not told yet,
# was answered, came yesterday.
PROPOSED_BEFORE = (11, 0, 5, 16)


def _end() -> None:
    """Let the follow-ups of some who look no more for work end."""
    done = Jobseeker.objects.filter(is_looking=False, counsellor__isnull=False, agency__isnull=False)
    by_counsellor: dict[int | None, list[Jobseeker]] = {}
    for person in done.select_related("user", "counsellor").order_by("pk"):
        by_counsellor.setdefault(person.counsellor_id, []).append(person)
    for some in by_counsellor.values():
        for person, days in zip(some, PROPOSED_BEFORE, strict=False):
            _propose(person, days)
    with clock.moved(clock.now() - dt.timedelta(days=1)):
        sweep.sweep()
    sweep.sweep()


def _propose(person: Jobseeker, days: int) -> None:
    """Propose the end of one so many days ago; who was told five days ago wants to go on."""
    before = clock.now() - dt.timedelta(days=days)
    with clock.moved(before):
        ours = endings.Origin(person.counsellor, EndingSide.AGENCY)
        row = endings.propose(jobseeker=person, wanted=endings.Wanted(Reason.AT_WORK), origin=ours)
    if days:
        told.notices(row.pk).update(state=News.State.SENT, told_at=before)
    if days == PROPOSED_BEFORE[2]:
        endings.stay(ending=row, origin=endings.Origin(person.user, EndingSide.PERSON))
