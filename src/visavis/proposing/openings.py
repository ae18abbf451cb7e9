"""Which opening to propose to several people at once: those that suit most of them first, or those looked for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import ngettext

from visavis.introductions.models import Introduction
from visavis.introductions.permissions import can_be_introduced
from visavis.jobseekers.models import Jobseeker
from visavis.matches.making import ranking
from visavis.matches.models import Match, Opinion
from visavis.people.models import User
from visavis.vacancies import facts
from visavis.vacancies.models import Vacancy

SHOWN = 20
MOST_WORDS = 6


@dataclass(frozen=True)
class Suited:
    """One opening, and of how many of the people it stands in the list."""

    vacancy: Vacancy
    number: int
    among: int

    @property
    def facts(self) -> list[str]:
        """Return its facts, shortly."""
        employer = self.vacancy.employer.name if self.vacancy.employer else ""
        lines = (employer, facts.place(self.vacancy), facts.contract(self.vacancy), facts.hours(self.vacancy))
        return [line for line in lines if line]

    @property
    def words(self) -> str:
        """Say in how many of the lists it stands."""
        return ngettext(
            "In the list of %(number)s person of %(among)s",
            "In the lists of %(number)s people of %(among)s",
            self.number,
        ) % {"number": self.number, "among": self.among}


def vacancy_of(actor: User, vacancy_id: int) -> Vacancy:
    """Return a vacancy that she may see, else 404."""
    return get_object_or_404(Vacancy.objects.visible_to(actor).with_card(), pk=vacancy_id)


def with_words(actor: User, words: str) -> QuerySet[Vacancy]:
    """Return the vacancies that have all the words in title, employer, occupation or town. The words are of work."""
    found = Vacancy.objects.visible_to(actor).exclude(state=Vacancy.State.DRAFT).with_card()
    for word in words.split()[:MOST_WORDS]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(employer__name__icontains=word)
            | Q(occupation__label_fr__icontains=word)
            | Q(occupation__label_en__icontains=word)
            | Q(commune__name__icontains=word)
        )
    return found


def for_people(people: Sequence[Jobseeker], actor: User, words: str = "") -> list[Suited]:
    """Return open vacancies whose employer answers here: those looked for, or those that suit most of the people."""
    owners = owners_of(people, actor)
    if words:
        found = [row for row in with_words(actor, words) & Vacancy.objects.open() if can_be_introduced(row)]
        found.sort(key=lambda row: -len(owners[row.pk]))
    else:
        wanted = sorted(owners, key=lambda pk: (-len(owners[pk]), pk))[: SHOWN * 2]
        rows = {row.pk: row for row in Vacancy.objects.open().with_card().filter(pk__in=wanted)}
        found = [rows[pk] for pk in wanted if pk in rows and can_be_introduced(rows[pk])]
    return [Suited(row, len(owners[row.pk]), len(people)) for row in found[:SHOWN]]


def owners_of(people: Sequence[Jobseeker], actor: User) -> defaultdict[int, set[int]]:
    """Return, for each vacancy, in whose shown list it stands, without whom put it aside or is introduced there."""
    numbers = [one.pk for one in people]
    rows = Match.objects.visible_to(actor).filter(
        jobseeker__in=numbers, side=Match.Whose.JOBSEEKER, rank__lte=ranking.SERVED
    )
    aside = Opinion.objects.filter(jobseeker__in=numbers, kind=Opinion.Kind.NOT_FOR_ME)
    begun = Introduction.objects.filter(jobseeker__in=numbers).order_by()
    gone = {
        *aside.values_list("jobseeker", "vacancy"),
        *begun.values_list("jobseeker", "vacancy"),
    }
    found: defaultdict[int, set[int]] = defaultdict(set)
    for person, vacancy in rows.order_by().values_list("jobseeker", "vacancy"):
        if (person, vacancy) not in gone:
            found[vacancy].add(person)
    return found
