"""Why a vacancy is not in a person's list: each obstacle exactly, and what one change would do."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import ceil

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.catalog import travel
from visavis.catalog.enums import Condition, ContractKind, LanguageLevel, Licence, SpokenLanguage
from visavis.catalog.models import Occupation
from visavis.introductions.models import Introduction
from visavis.jobseekers import changing
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import in_memory, market, one_person
from visavis.matches.bridge.one_person import Clash, PlaceAmong, Unlock
from visavis.matches.making import ranking
from visavis.matches.models import Match, Opinion
from visavis.matches.pages import fit, wording
from visavis.people.models import User
from visavis.ui.dates import day, moment
from visavis.vacancies.models import Vacancy


@dataclass(frozen=True)
class Cause:
    """One reason why it is missing, and what one change would do about it."""

    kind: str
    sentence: str
    change: str = ""

    @property
    def question(self) -> str:
        """The question of the profile whose answer the change is; empty where it is none."""
        return changing.QUESTIONS[KINDS[self.kind]] if self.change and self.kind in KINDS else ""


# What a person changes to remove an obstacle, of hours more or fewer (`changing.QUESTIONS`).
KINDS = {
    "distance": "radius",
    "contract": "contract",
    "licences": "licence",
    "conditions": "condition",
    "languages": "language",
    "start": "start",
    "hours": "hours_more",
    "pay": "pay",
    "unrelated": "occupation",
}


@dataclass(frozen=True)
class Missing:
    """Why a vacancy is not in a list; `place` is its place when it is there after all."""

    place: int | None = None
    causes: list[Cause] = field(default_factory=list)
    together: str = ""
    told: wording.Told = field(default_factory=wording.Told)
    introduction: Introduction | None = None


def explain(jobseeker: Jobseeker, vacancy: Vacancy, *, by: User) -> Missing:
    """Say why a vacancy is not in her list; every cause that holds, the simplest first."""
    match = Match.objects.visible_to(by).for_jobseeker(jobseeker).filter(vacancy=vacancy).first()
    opinion = Opinion.objects.filter(jobseeker=jobseeker, vacancy=vacancy).first()
    introduced = Introduction.objects.visible_to(by).filter(jobseeker=jobseeker, vacancy=vacancy).first()
    found = one_person.place_among(in_memory.WORK.at_hand(), jobseeker, vacancy)
    causes = [
        *outside(jobseeker, vacancy, opinion, introduced),
        *(
            clash_words(clash, jobseeker, found.unlocks, alone=len(found.clashes) == 1)
            for clash in found.clashes
        ),
    ]
    if match is None and not causes:
        causes = ranked_low(found) or crowded(jobseeker, vacancy) or [made_before(jobseeker)]
    labels = wording.labels_for([found.reasons])
    is_shown = match is not None and not any(cause.kind in HIDES for cause in causes)
    return Missing(
        place=match.rank if match and is_shown else None,
        causes=causes,
        together=together(found, jobseeker),
        told=wording.told(found.reasons, labels),
        introduction=introduced,
    )


# What takes a vacancy out of the list that is shown, although the list still holds it.
HIDES = frozenset({"said", "closed", "not-looking"})


def outside(
    jobseeker: Jobseeker, vacancy: Vacancy, opinion: Opinion | None, introduced: Introduction | None
) -> list[Cause]:
    """Say what does not depend on the profile: closed, not looking, put aside, introduced."""
    causes = []
    if vacancy.same_as_id is not None:
        sentence = _("Another source announces the same job: that vacancy stands in the list instead.")
        causes.append(Cause("copy", sentence))
    elif not Vacancy.objects.open().filter(pk=vacancy.pk).exists():
        causes.append(Cause("closed", _("The vacancy is not open, or its last day has passed.")))
    if not jobseeker.is_looking:
        causes.append(
            Cause(
                "not-looking",
                _("The profile says that no work is looked for at present."),
                _("Say in the profile that the person looks for work: the list is then made anew."),
            )
        )
    if opinion is not None and opinion.kind == Opinion.Kind.NOT_FOR_ME:
        causes.append(put_aside(opinion))
    if introduced is not None:
        sentence = _("There is an introduction already: %(state)s.")
        causes.append(Cause("introduced", sentence % {"state": str(introduced.get_state_display()).lower()}))
    return causes


def put_aside(opinion: Opinion) -> Cause:
    """Say that she does not want it, since when and why."""
    sentence = _("The person said “Not for me” on %(day)s.") % {"day": day(opinion.said_at)}
    if opinion.reason:
        sentence += " " + _("Reason: %(reason)s.") % {"reason": opinion.get_reason_display()}
    return Cause("said", sentence, _("Taking this answer back brings it into the list again."))


def ranked_low(found: PlaceAmong) -> list[Cause]:
    """Say that it suits, but too little or behind too many others."""
    if found.score < market.LEAST_SCORE:
        return [Cause("score", _("Nothing forbids it, but there is hardly a chance that both say yes."))]
    if found.rank is not None and found.rank > ranking.KEPT:
        words = {"rank": found.rank, "all": found.out_of, "kept": ranking.KEPT}
        sentence = _("Others suit better: place %(rank)s of %(all)s. The list keeps the first %(kept)s.")
        return [Cause("rank", sentence % words, _("It can still be proposed."))]
    return []


def crowded(jobseeker: Jobseeker, vacancy: Vacancy) -> list[Cause]:
    """Say that the vacancy is shown to as many people as it has room for."""
    if not ranking.is_full(vacancy, but=jobseeker):
        return []
    sentence = _("It is shown to as many people as its positions allow, to whom it suits better.")
    return [Cause("crowded", sentence, _("It can still be proposed."))]


def made_before(jobseeker: Jobseeker) -> Cause:
    """Say that the list is older than the profile or the vacancy: nothing else keeps it out."""
    made = Match.objects.for_jobseeker(jobseeker).values_list("made_at", flat=True).first()
    change = _("The next list will hold it: lists are made anew after each change and every night.")
    if made is None:
        return Cause("old", _("No list has been made for this person yet."), change)
    sentence = _("The list was made on %(day)s, before the last change. Nothing keeps this vacancy out.")
    return Cause("old", sentence % {"day": moment(made)}, change)


def together(found: PlaceAmong, jobseeker: Jobseeker) -> str:
    """Say what the two would be worth to each other without the obstacles.

    Nothing, when it is another kind of work: with it among the wishes, the score would be another.
    """
    if not found.clashes or any(clash.kind == "unrelated" for clash in found.clashes):
        return ""
    if found.score < market.LEAST_SCORE:
        return ngettext(
            "Even without this obstacle, there is hardly a chance that both say yes.",
            "Even without these obstacles, there is hardly a chance that both say yes.",
            len(found.clashes),
        )
    words = {"words": fit.of_pair(found.score, found.reasons, jobseeker).words}
    if len(found.clashes) == 1:
        return _("It is the only obstacle. Without it: %(words)s.") % words
    return _("All these obstacles count. Without them: %(words)s.") % words


# Obstacles in words ---------------------------------------------------------------------------------


def clash_words(clash: Clash, person: Jobseeker, unlocks: list[Unlock], *, alone: bool) -> Cause:
    """Say one obstacle with both sides' words, and the change that would remove it."""
    sentence, change = SAY[clash.kind](clash, person)
    opened = opens(clash, unlocks) if alone else 0
    if change and opened > 1:
        more = ngettext(
            "The same change would open %(number)s vacancy in all.",
            "The same change would open %(number)s vacancies in all.",
            opened,
        )
        change += " " + more % {"number": opened}
    return Cause(clash.kind, sentence, change)


def limits_of(vacancy: Vacancy, people: Iterable[Jobseeker]) -> dict[int, list[Cause]]:
    """Say of each of some people which of her limits a vacancy breaks, and by how much."""
    everybody = {one.pk: one for one in people}
    found = (
        one_person.clashes_with(in_memory.WORK.at_hand(), vacancy, everybody.values()) if everybody else {}
    )
    return {
        pk: [clash_words(clash, everybody[pk], [], alone=False) for clash in clashes]
        for pk, clashes in found.items()
    }


def opens(clash: Clash, unlocks: list[Unlock]) -> int:
    """Return how many vacancies the smallest change that removes this obstacle would open; 0 when unknown."""
    kind, hers, theirs = KINDS[clash.kind], clash.hers, clash.theirs
    if isinstance(hers, tuple) or isinstance(theirs, tuple):
        codes = {code.partition(":")[0] for code in theirs} if isinstance(theirs, tuple) else set()
        enough = [one for one in unlocks if one.kind == kind and one.code in codes]
        return max((one.count for one in enough), default=0) if len(codes) == 1 else 0
    if clash.kind == "hours" and theirs < hers:
        kind = "hours_fewer"
    enough = [one for one in unlocks if one.kind == kind and one.amount >= abs(theirs - hers)]
    return min(enough, key=lambda one: one.amount).count if enough else 0


def number(value: object) -> str:
    amount = float(str(value))
    return number_format(round(amount, 1), 0 if round(amount, 1).is_integer() else 1)


def names(codes: object, labels: Callable[[str], str]) -> str:
    """Return codes in words, one after the other."""
    return ", ".join(labels(str(code)) for code in codes) if isinstance(codes, tuple) else ""


def _distance(clash: Clash, person: Jobseeker) -> tuple[str, str]:
    hers, theirs = float(str(clash.hers)), float(str(clash.theirs))
    if person.radius_km is None and person.minutes is not None:
        there = max(
            travel.said_minutes(theirs, person.transport, person.commune_id, enough=True), person.minutes + 5
        )
        sentence = _("The workplace is about %(theirs)s min away; the profile says %(hers)s min at most.")
        change = _("Accepting %(more)s min more would remove this obstacle.")
        words = {"theirs": there, "hers": person.minutes, "more": there - person.minutes}
        return sentence % words, change % words
    words_km = {"theirs": number(theirs), "hers": number(hers), "more": number(ceil(theirs - hers))}
    if person.radius_km is None:
        usual = _(
            "The workplace is %(theirs)s km away; the profile does not say how far, and people usually go %(hers)s km."
        )
        return usual % words_km, _("Saying in the profile that one goes as far would remove this obstacle.")
    sentence = _("The workplace is %(theirs)s km away; the profile says %(hers)s km at most.")
    return sentence % words_km, _("Going %(more)s km farther would remove this obstacle.") % words_km


def _contract(clash: Clash, person: Jobseeker) -> tuple[str, str]:
    words = {side: names(getattr(clash, side), lambda code: str(ContractKind(code).label)) for side in SIDES}
    sentence = _("Contract offered: %(theirs)s. Contracts that the profile accepts: %(hers)s.")
    return sentence % words, _("Accepting this contract would remove this obstacle.")


def _licences(clash: Clash, person: Jobseeker) -> tuple[str, str]:
    words = {"theirs": names(clash.theirs, lambda code: str(Licence(code).label))}
    return (
        _("Licence needed that the profile does not show: %(theirs)s.") % words,
        _("Who holds it adds it to the profile. Else a training may lead to it."),
    )


def _conditions(clash: Clash, person: Jobseeker) -> tuple[str, str]:
    words = {"theirs": names(clash.theirs, lambda code: str(Condition(code).label))}
    sentence = _("The work has what the profile says to avoid: %(theirs)s.")
    return sentence % words, _("Accepting it would remove this obstacle.")


def _languages(clash: Clash, person: Jobseeker) -> tuple[str, str]:
    words = {"theirs": names(clash.theirs, language)}
    sentence = _("Language asked, missing in the profile or at a lower level: %(theirs)s.")
    return sentence % words, _("Reaching this level would remove this obstacle.")


def language(code: str) -> str:
    """Return a language and its level in words: ``en:3`` is English at the level B1."""
    spoken, _colon, level = code.partition(":")
    known = dict(SpokenLanguage.choices)
    label = str(known.get(spoken, spoken))
    return f"{label} ({LanguageLevel(int(level)).name})" if level in {"1", "2", "3", "4", "5", "6"} else label


def _start(clash: Clash, person: Jobseeker) -> tuple[str, str]:
    hers, theirs = int(float(str(clash.hers))), int(float(str(clash.theirs)))
    first = dt.date(1970, 1, 1)
    words = {
        "theirs": day(first + dt.timedelta(days=theirs)),
        "hers": day(first + dt.timedelta(days=hers)),
        "days": hers - theirs,
    }
    sentence = _("The work begins on %(theirs)s; the person can start on %(hers)s.")
    change = ngettext(
        "Starting %(days)s day earlier would remove this obstacle.",
        "Starting %(days)s days earlier would remove this obstacle.",
        hers - theirs,
    )
    return sentence % words, change % words


def _hours(clash: Clash, person: Jobseeker) -> tuple[str, str]:
    hers, theirs = float(str(clash.hers)), float(str(clash.theirs))
    words = {"theirs": number(theirs), "hers": number(hers), "more": number(abs(theirs - hers))}
    if theirs > hers:
        sentence = _("The work takes at least %(theirs)s hours a week; the profile says %(hers)s at most.")
        return sentence % words, _("Accepting %(more)s hours a week more would remove this obstacle.") % words
    sentence = _("The work gives at most %(theirs)s hours a week; the profile says %(hers)s at least.")
    return sentence % words, _("Accepting %(more)s hours a week fewer would remove this obstacle.") % words


def _pay(clash: Clash, person: Jobseeker) -> tuple[str, str]:
    hers, theirs = float(str(clash.hers)), float(str(clash.theirs))
    words = {
        "theirs": number_format(theirs, 2),
        "hers": number_format(hers, 2),
        "less": number_format(ceil((hers - theirs) * 100 - 1e-6) / 100, 2),
    }
    sentence = _("Best pay announced: €%(theirs)s gross an hour. Lowest pay in the profile: €%(hers)s.")
    return sentence % words, _("Accepting €%(less)s less an hour would remove this obstacle.") % words


def _unrelated(clash: Clash, person: Jobseeker) -> tuple[str, str]:
    codes = [str(code) for side in (clash.hers, clash.theirs) if isinstance(side, tuple) for code in side]
    labels = {row.pk: str(row.label) for row in Occupation.objects.filter(pk__in=codes)}
    words = {side: names(getattr(clash, side), lambda code: labels.get(code, code)) for side in SIDES}
    if not words["theirs"] or not words["hers"]:
        sentence = _("The work has nothing in common with the work, the skills and the words of the profile.")
    else:
        sentence = _("Another kind of work: %(theirs)s. The profile says: %(hers)s. No skill is in common.")
    return sentence % words, _("Adding this occupation to the wishes would remove this obstacle.")


SIDES = ("hers", "theirs")
SAY: dict[str, Callable[[Clash, Jobseeker], tuple[str, str]]] = {
    "distance": _distance,
    "contract": _contract,
    "licences": _licences,
    "conditions": _conditions,
    "languages": _languages,
    "start": _start,
    "hours": _hours,
    "pay": _pay,
    "unrelated": _unrelated,
}
