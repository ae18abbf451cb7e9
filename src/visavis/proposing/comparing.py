"""Two vacancies for a person, or two people for a vacancy: the same lines in one table, and the scores aligned."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from visavis.introductions import cards as people_cards
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import in_memory, reasons
from visavis.matches.models import Match, Opinion
from visavis.matches.pages import comparing
from visavis.matches.pages.comparing import Compared
from visavis.people.models import User
from visavis.proposing.choosing import already
from visavis.vacancies import facts
from visavis.vacancies.models import Vacancy

type Pair = tuple[Jobseeker, Vacancy]


@dataclass(frozen=True)
class Axis:
    """One line of the table: what is compared, and what each of the two says."""

    label: str
    first: str
    second: str


def pairs_in_words(pairs: tuple[Pair, Pair], names: tuple[str, str], actor: User) -> Compared:
    """Compare two pairs by the scores of the same list; computed anew when one stands in none."""
    people = pairs[0][0], pairs[1][0]
    stored = [stored_reasons(pair, actor) for pair in pairs]
    for side in Match.Whose.values:
        first, second = stored[0].get(side), stored[1].get(side)
        if first is not None and second is not None:
            return comparing.compare(first, second, names, people)
    first, second = reasons.of_pairs(in_memory.WORK.at_hand(), pairs)
    return comparing.compare(first, second, names, people)


def stored_reasons(pair: Pair, actor: User) -> dict[str, Any]:
    """Return the reasons of a pair in her list and in the vacancy's, where it stands."""
    rows = Match.objects.visible_to(actor).filter(jobseeker=pair[0], vacancy=pair[1])
    return {match.side: match.reasons for match in rows}


def axes_of_vacancies(person: Jobseeker, both: tuple[Vacancy, Vacancy], actor: User) -> list[Axis]:
    """Return the facts of two vacancies on the same lines, then what there is already."""
    lines = [{line.label: line.value for line in facts.about(vacancy)} for vacancy in both]
    skills = [", ".join(facts.skills(vacancy, is_essential=True)) for vacancy in both]
    labels = list(dict.fromkeys([*lines[0], *lines[1]]))
    axes = [Axis(_("Employer"), *(vacancy.employer.name if vacancy.employer else "" for vacancy in both))]
    axes += [Axis(label, lines[0].get(label, ""), lines[1].get(label, "")) for label in labels]
    axes.append(Axis(_("Skills needed"), skills[0], skills[1]))
    axes += said_and_begun(((person, both[0]), (person, both[1])), actor)
    return [axis for axis in axes if axis.first or axis.second]


def axes_of_people(both: tuple[Jobseeker, Jobseeker], vacancy: Vacancy, actor: User) -> list[Axis]:
    """Return what work tells of two people on the same lines, then what there is already."""
    told = [people_cards.without_name(person, vacancy, person.pk) for person in both]
    far = [
        "" if card.distance_km is None else _("about %(km)s km") % {"km": card.distance_km} for card in told
    ]
    axes = [
        Axis(_("Work done"), *("; ".join(card.work) for card in told)),
        Axis(_("Skills"), *(", ".join(card.skills) for card in told)),
        Axis(_("Training"), *(card.training for card in told)),
        Axis(_("Languages"), *(", ".join(card.languages) for card in told)),
        Axis(_("Licences"), *(", ".join(card.licences) for card in told)),
        Axis(_("Contracts wished"), *(", ".join(card.wishes) for card in told)),
        Axis(_("Can start"), *(card.available for card in told)),
        Axis(_("From home to work"), far[0], far[1]),
        Axis(_("How to reach"), *(str(person.user.get_channel_display()) for person in both)),
    ]
    axes += said_and_begun(((both[0], vacancy), (both[1], vacancy)), actor)
    return [axis for axis in axes if axis.first or axis.second]


def said_and_begun(pairs: tuple[Pair, Pair], actor: User) -> list[Axis]:
    """Say what each pair has already: an opinion, an introduction."""
    found = already([Match(jobseeker=person, vacancy=vacancy) for person, vacancy in pairs], actor)
    keys = [(person.pk, vacancy.pk) for person, vacancy in pairs]
    said = [opinion_words(found.opinions.get(key)) for key in keys]
    begun = [str(row.get_state_display()) if (row := found.introductions.get(key)) else "" for key in keys]
    return [Axis(_("What the person said"), said[0], said[1]), Axis(_("Introduction"), begun[0], begun[1])]


def opinion_words(opinion: Opinion | None) -> str:
    return str(opinion.get_kind_display()) if opinion else ""
