"""Measure what the lines of ideal profiles do to groups of people, and stop what is too unequal.

The service holds no sex, no age and no disability: of itself it can only measure by place. Other groups come in a
separate file, are read once, and only what ten people or more of each side give is kept.

A line stops counting when one group surely has it less than four fifths as often as the other, unless the work
asks for it: see `asked_for`. A counsellor may keep it, with a reason.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from django.db.models import Count, Q

from visavis.catalog.models import Occupation
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import ideal as ideal_bridge
from visavis.matches.bridge import traits
from visavis.matches.bridge.ideal import Crowd
from visavis.matches.ideal.people import wishers
from visavis.matches.models import IdealProfile, LineAudit, Match, MatchList
from visavis.matches.models.family import GapRow
from visavis.matches.models.ideal import TraitRow
from visavis.vacancies.models import Vacancy

# By commune: fewer inhabitants make a small town.
LARGE_TOWN = 10_000
SMALL, BIG = "small-town", "large-town"
PLACE, DEPARTMENT = "place", "department"
# So many vacancies at least say what the work asks for; so large a part of them must.
LEAST_VACANCIES, ASKED_SHARE = 5, 0.5
# Two measures of one version differ by at least so many people.
MORE_PEOPLE = 3
MEASURED_EVERY = dt.timedelta(days=7)
# Of a work that more wish for, those whose files changed last.
MOST_PEOPLE = 5_000

type Groups = Mapping[str, Mapping[int, str]]
"""By column, then by number of jobseeker: her group. Who is not there is unknown."""


def measure_all(groups: Groups | None = None) -> int:
    """Measure every profile that counts something; return how many measures were kept.

    Without groups, by place, once a week a version; with them, by these only, at once.
    """
    served = MatchList.objects.filter(edition__is_served=True, vacancy__isnull=False, length__gt=0)
    codes = served.values_list("vacancy__occupation", flat=True).distinct()
    known = ideal_bridge.ideal_profiles()
    lately = _lately() if groups is None else set()
    wanted = {code for code in codes if code in known} - lately
    return sum(
        len(measure(occupation, groups))
        for occupation in Occupation.objects.filter(pk__in=wanted).order_by("pk")
    )


def _lately() -> set[str]:
    """Return the occupations whose present version was measured by place less than a week ago."""
    lately = LineAudit.objects.filter(
        column__in=(PLACE, DEPARTMENT), measured_at__gt=clock.now() - MEASURED_EVERY
    )
    of_version = IdealProfile.objects.current().filter(is_seed=False)
    versions = dict(of_version.values_list("occupation_id", "version"))
    rows = lately.values_list("occupation_id", "version")
    return {occupation for occupation, version in rows if versions.get(occupation, 0) == version}


def measure(occupation: Occupation, groups: Groups | None = None) -> list[LineAudit]:
    """Measure one profile, by place or by groups given, and keep what was found."""
    version, rows = ideal_bridge.rows_of(occupation)
    people = _people(occupation)
    if not rows or not people:
        return []
    crowd = _crowd(occupation, people)
    asked = asked_for(occupation, [row["code"] for row in rows])
    columns = groups if groups is not None else _places(people)
    kept = []
    for column, group_of in columns.items():
        labels = [group_of.get(person.pk, "") for person in people]
        known = sum(label != "" for label in labels)
        if not is_due(occupation, column, version, known):
            continue
        found = ideal_bridge.gaps_of(crowd, rows, labels)
        if found:
            kept.append(
                _keep(
                    LineAudit(occupation=occupation, column=column, version=version, people=known),
                    found,
                    asked,
                    rows,
                )
            )
    return kept


def is_due(occupation: Occupation, column: str, version: int, people: int) -> bool:
    """Say whether a measure may be kept in place of the last: never with one or two people more or fewer."""
    last = LineAudit.objects.filter(occupation=occupation, column=column).first()
    return last is None or last.version != version or abs(last.people - people) >= MORE_PEOPLE


def _keep(
    audit: LineAudit, gaps: list[GapRow], asked: Mapping[str, str], rows: Iterable[TraitRow]
) -> LineAudit:
    """Keep a measure in place of the last one, with the lines that it stops."""
    counted = {row["code"] for row in rows if row["credit"] > 0}
    unequal = {gap["trait"] for gap in gaps if ideal_bridge.is_large(gap)} & counted
    kept, _created = LineAudit.objects.update_or_create(
        occupation=audit.occupation,
        column=audit.column,
        defaults={
            "version": audit.version,
            "measured_at": clock.now(),
            "people": audit.people,
            "rows": gaps,
            "stopped": sorted(unequal - asked.keys()),
            "justified": {trait: asked[trait] for trait in sorted(unequal & asked.keys())},
        },
    )
    return kept


# Who is measured ---------------------------------------------------------------------------------


def _people(occupation: Occupation) -> list[Jobseeker]:
    """Return who stands in a list of this work today, or looks for work and wishes for it."""
    served = Match.objects.filter(side=Match.Whose.VACANCY, vacancy__occupation=occupation)
    listed = Q(pk__in=served.values("jobseeker")) | Q(pk__in=wishers(occupation.pk).values("pk"))
    rows = Jobseeker.objects.looking().filter(listed).select_related("commune")
    found = rows.prefetch_related("skills_held", "experiences").order_by("-changed_at", "pk")[:MOST_PEOPLE]
    return sorted(found, key=lambda person: person.pk)


def _crowd(occupation: Occupation, people: list[Jobseeker]) -> Crowd:
    """Lay them out with the lists of the work, without what the profile added there."""
    place = {person.pk: number for number, person in enumerate(people)}
    worth = ideal_bridge.ideal_profiles().get(occupation.pk, {})
    served = Match.objects.filter(side=Match.Whose.VACANCY, vacancy__occupation=occupation)
    who, where, scores, scales = [], [], [], []
    for match in served.order_by("pk"):
        if match.jobseeker_id not in place:
            continue
        told = [reason for reason in match.reasons if reason["part"] == "ideal"]
        added = sum(reason["logit"] for reason in told)
        expected = ideal_bridge.added(worth, told[0]["codes"]) if told else 0.0
        if expected > 0:
            scales.append(added / expected)
        who.append(place[match.jobseeker_id])
        where.append(match.vacancy_id)
        scores.append(match.score - added)
    return Crowd(
        people=[traits.record_of_traits(person) for person in people],
        occupation=occupation.pk,
        who=who,
        where=where,
        scores=scores,
        scale=median(scales) if scales else 1.0,
    )


def _places(people: Iterable[Jobseeker]) -> dict[str, dict[int, str]]:
    """Return the two columns the service can make itself: the size of the town, and the department."""
    located = [(person.pk, person.commune) for person in people if person.commune is not None]
    return {
        PLACE: {
            pk: BIG if town.population >= LARGE_TOWN else SMALL for pk, town in located if town.population
        },
        DEPARTMENT: {pk: town.department_id for pk, town in located},
    }


# What the work asks for --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Asking:
    """How many vacancies of a work there are, and what each of them asks for."""

    number: int
    skills: Mapping[str, int]
    months: list[int]
    levels: list[int]


def asked_for(occupation: Occupation, traits: Iterable[str]) -> dict[str, str]:
    """Return the traits that the work asks for, a closed rule, and why.

    A skill that the sheet calls essential ("sheet"), or that half of five vacancies or more ask for; a level of
    training, or time in the work, when half of five vacancies or more ask for as much ("asked"). Work done
    before is asked for by nobody: only a counsellor can keep it.
    """
    essential = set(occupation.skill_links.filter(is_essential=True).values_list("skill_id", flat=True))
    asking = _asking(occupation)
    found = {}
    for trait in traits:
        kind, _colon, rest = trait.partition(":")
        if kind == "skill" and rest in essential:
            found[trait] = "sheet"
        elif asking.number >= LEAST_VACANCIES and _share(asking, kind, rest) >= ASKED_SHARE:
            found[trait] = "asked"
    return found


def _asking(occupation: Occupation) -> _Asking:
    work = Vacancy.objects.filter(occupation=occupation).exclude(state=Vacancy.State.DRAFT)
    skills = work.filter(skills_asked__skill__isnull=False).order_by().values_list("skills_asked__skill")
    rows = work.values_list("experience_months", "education_level")
    found = list(rows)
    return _Asking(
        len(found),
        dict(skills.annotate(Count("pk", distinct=True))),
        [months for months, _level in found if months is not None],
        [level for _months, level in found if level is not None],
    )


def _share(asking: _Asking, kind: str, rest: str) -> float:
    """Return the part of the vacancies that ask for a trait, or for more of it."""
    if kind == "skill":
        many = asking.skills.get(rest, 0)
    elif kind == "training":
        many = sum(level >= int(rest) for level in asking.levels)
    elif kind == "experience" and int(rest):
        many = sum(months >= traits.months_of(int(rest)) for months in asking.months)
    else:
        many = 0
    return many / asking.number
