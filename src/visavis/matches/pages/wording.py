"""Reasons in words: the engine's codes and values become short sentences in the reader's language.

A reason that weighs for the match is a tick, one that weighs against it an open circle. What an
employer reads never tells what the person keeps for herself: her interests, her lowest pay.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from visavis.catalog import starter
from visavis.catalog.enums import EducationLevel, SpokenLanguage
from visavis.catalog.models.labels import label_of
from visavis.catalog.named import INTERESTS, OCCUPATIONS, SKILLS, ByCode
from visavis.introductions.cards import duration as time_in_words

# What only the person and her counsellor read.
KEPT_FROM_EMPLOYERS = frozenset({"interests", "pay", "base", "history"})
ROUGH_KM = 5
NAMED_IN_COMMON = 2
NAMED_MISSING = 2

type Reasons = list[dict[str, Any]]


@dataclass
class Labels:
    """The catalogue's labels for all codes of some reasons, read at once."""

    occupations: dict[str, str] = field(default_factory=dict)
    skills: dict[str, str] = field(default_factory=dict)
    interests: dict[str, str] = field(default_factory=dict)


def labels_for(lists: Iterable[Reasons]) -> Labels:
    """Read the labels that these reasons need, in three queries at most whatever their number."""
    codes: dict[str, set[str]] = {}
    for reasons in lists:
        for reason in reasons:
            codes.setdefault(reason["part"], set()).update(reason["codes"])
    traits = codes_of(codes.get("ideal", ()))
    skills = codes.get("skills", set()) | codes.get("wished_skills", set()) | traits["skill"]
    return Labels(
        _labels(OCCUPATIONS, codes.get("occupation", set()) | traits["occupation"]),
        _labels(SKILLS, skills),
        _labels(INTERESTS, codes.get("interests", set())),
    )


def _labels(asked: ByCode[tuple[str, str, str]], codes: Iterable[str]) -> dict[str, str]:
    """Read the labels of some codes in the reader's language."""
    return {code: label_of(french, english) for code, french, english in asked(sorted(codes))}


def codes_of(traits: Iterable[str]) -> dict[str, set[str]]:
    """Return the codes of traits of an ideal profile, by kind: ``skill:S0001`` is S0001 among the skills."""
    found: dict[str, set[str]] = {"skill": set(), "occupation": set()}
    for trait in traits:
        kind, _colon, code = trait.partition(":")
        found.setdefault(kind, set()).add(code)
    return found


def labels_of_traits(traits: Iterable[str]) -> Labels:
    """Read the labels that these traits need, in two queries at most."""
    codes = codes_of(traits)
    return Labels(_labels(OCCUPATIONS, codes["occupation"]), _labels(SKILLS, codes["skill"]))


def trait(code: str, labels: Labels) -> str:
    """Return a trait of an ideal profile in words."""
    kind, _colon, rest = code.partition(":")
    if kind == "skill":
        return labels.skills.get(rest, rest)
    if kind == "occupation":
        return _("Work done before: %(work)s") % {"work": labels.occupations.get(rest, rest)}
    if kind == "training":
        return str(EducationLevel(int(rest)).label)
    bands = [
        _("New to this work"),
        _("Less than a year in this work"),
        _("One to three years in this work"),
        _("Three years or more in this work"),
    ]
    return bands[int(rest)]


def family(code: str) -> str:
    """Return the name of a family of occupations; its code when the catalogue gives it none."""
    is_english = (get_language() or "fr").startswith("en")
    for one in starter.load().families:
        if one.code == code:
            return one.label_en if is_english else one.label_fr
    return code


def interests(codes: Iterable[str]) -> dict[str, str]:
    """Return the labels of some interests."""
    return _labels(INTERESTS, codes)


@dataclass
class Told:
    """A match in words, the weightiest first: what speaks for it, what the person lacks, and what else to know."""

    ticks: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def told(reasons: Reasons, labels: Labels, *, for_employer: bool = False) -> Told:
    """Put reasons into words; what an employer reads leaves out what the person keeps for herself."""
    found, missing = Told(), []
    if lacking := skills_lacking(reasons, labels):
        missing.append((skills_gain(reasons), lacking))
    for reason in sorted(reasons, key=lambda reason: -abs(reason["logit"])):
        is_kept = for_employer and reason["part"] in KEPT_FROM_EMPLOYERS
        if is_kept or reason["logit"] == 0 or (reason["part"] == "skills" and reason["logit"] < 0):
            continue
        lacks = LACKING.get(reason["part"]) if reason["logit"] < 0 else None
        text = lacks(reason) if lacks else say(reason, labels, for_employer)
        if lacks:
            missing.append((abs(reason["logit"]), text))
        elif text:
            (found.ticks if reason["logit"] > 0 else found.notes).append(text)
    found.missing = [text for _weight, text in sorted(missing, key=lambda one: -one[0])]
    return found


def skills_gain(reasons: Reasons) -> float:
    """Return what the skills that are lacking would add, were they held."""
    return sum(float(one["values"].get("gain", 0)) for one in reasons if one["kind"] == "gap_skill")


def skills_lacking(reasons: Reasons, labels: Labels) -> str:
    """Say how many of the skills asked for are not held, and name those that would add most."""
    codes = [reason["codes"][0] for reason in reasons if reason["kind"] == "gap_skill"]
    if not codes:
        return ""
    names = ", ".join(labels.skills.get(code, code) for code in codes[:NAMED_MISSING])
    names += " …" if len(codes) > NAMED_MISSING else ""
    counted = [
        reason["values"] for reason in reasons if reason["part"] == "skills" and "asked" in reason["values"]
    ]
    asked = round(counted[0]["asked"]) if counted else len(codes)
    lacking = asked - round(counted[0]["shared"]) if counted else len(codes)
    if lacking < asked:
        sentence = ngettext(
            "%(lacking)s of the %(asked)s skills asked for (%(names)s)",
            "%(lacking)s of the %(asked)s skills asked for (%(names)s)",
            lacking,
        )
    else:
        sentence = ngettext(
            "the skill asked for (%(names)s)", "the %(asked)s skills asked for (%(names)s)", asked
        )
    return sentence % {"lacking": lacking, "asked": asked, "names": names}


def say(reason: dict[str, Any], labels: Labels, for_employer: bool = False) -> str:
    """Return a reason in words, or nothing for what needs no word."""
    tell = TELL.get(reason["part"])
    if tell is None:
        return ""
    if for_employer and reason["part"] == "distance":
        return _rough_distance(reason)
    return tell(reason, labels)


OF_OCCUPATION = {
    "same": gettext_lazy("The work asked for: %(work)s"),
    "done": gettext_lazy("Work already done: %(work)s"),
    "near": gettext_lazy("Close to %(hers)s"),
    "evolution": gettext_lazy("A next step after %(hers)s"),
    "family": gettext_lazy("In the same family as %(hers)s"),
    "domain": gettext_lazy("In the same field as %(hers)s"),
}
ANOTHER = gettext_lazy("Another kind of work: %(work)s")


def _occupation(reason: dict[str, Any], labels: Labels) -> str:
    hers, its = ([labels.occupations.get(code, code) for code in reason["codes"]] + ["", ""])[:2]
    kind = reason["kind"].removeprefix("occupation_")
    if kind == "same" and not reason["values"].get("wish", 1.0):
        kind = "done"
    return str(OF_OCCUPATION.get(kind, ANOTHER)) % {"work": its, "hers": hers}


def _title(reason: dict[str, Any], labels: Labels) -> str:
    return _("The title is close to the words given") if reason["kind"] == "title_close" else ""


def _skills(reason: dict[str, Any], labels: Labels) -> str:
    names = [labels.skills.get(code, code) for code in reason["codes"]]
    if not names:
        return _("None of the skills named so far")
    if reason["kind"] == "gap_skill":
        return _("Skill asked for: %(skill)s") % {"skill": names[0]}
    if reason["logit"] < 0:
        return _("%(shared)s of the %(asked)s skills asked for") % {
            name: round(reason["values"][name]) for name in ("shared", "asked")
        }
    number = len(names)
    more = ngettext(
        "%(skills)s and %(number)s more skill", "%(skills)s and %(number)s more skills", number - 2
    )
    if number <= 2:
        return _("Skills held: %(skills)s") % {"skills": ", ".join(names)}
    return more % {"skills": ", ".join(names[:2]), "number": number - 2}


def _wished_skills(reason: dict[str, Any], labels: Labels) -> str:
    names = [labels.skills.get(code, code) for code in reason["codes"]]
    return _("Skills welcome: %(skills)s") % {"skills": ", ".join(names[:2])} if names else ""


def _experience(reason: dict[str, Any], labels: Labels) -> str:
    values = reason["values"]
    if reason["kind"] == "experience_enough":
        return _("Experience: %(time)s") % {"time": duration(values["months"])}
    return _("Experience: %(time)s, asked %(asked)s") % {
        "time": duration(values["months"]),
        "asked": duration(values["asked_months"]),
    }


def duration(months: float) -> str:
    """Return months in words, in years from two years on."""
    whole = round(months)
    return time_in_words(whole) if whole >= 1 else _("none")


def _education(reason: dict[str, Any], labels: Labels) -> str:
    asked = EducationLevel(int(reason["values"]["asked"])).label
    if reason["kind"] == "education_enough":
        return _("Level of education: as asked")
    return _("Level of education asked: %(level)s") % {"level": asked}


def _lacks_experience(reason: dict[str, Any]) -> str:
    values = reason["values"]
    return _("experience (%(time)s, asked %(asked)s)") % {
        "time": duration(values["months"]),
        "asked": duration(values["asked_months"]),
    }


def _lacks_education(reason: dict[str, Any]) -> str:
    return _("level of education asked (%(level)s)") % {
        "level": EducationLevel(int(reason["values"]["asked"])).label
    }


def _lacks_languages(reason: dict[str, Any]) -> str:
    return _("languages asked (%(names)s)") % {"names": languages(reason["codes"])}


# The parts in which a person falls short of what is asked: nothing else is missing.
LACKING: dict[str, Callable[[dict[str, Any]], str]] = {
    "experience": _lacks_experience,
    "education": _lacks_education,
    "languages": _lacks_languages,
}


def languages(codes: Iterable[str]) -> str:
    known = dict(SpokenLanguage.choices)
    return ", ".join(str(known.get(code, code)) for code in codes)


def _languages(reason: dict[str, Any], labels: Labels) -> str:
    sentence = (
        _("Languages: %(names)s") if reason["kind"] == "languages_enough" else _("Language asked: %(names)s")
    )
    return sentence % {"names": languages(reason["codes"])}


def _distance(reason: dict[str, Any], labels: Labels) -> str:
    km = reason["values"]["km"]
    if km < 1:
        return _("In the same place")
    return _("%(km)s km away") % {"km": round(km)}


def _rough_distance(reason: dict[str, Any]) -> str:
    """A distance, up to the next five kilometres: nearer would tell where she lives."""
    km = ROUGH_KM * max(1, ceil(reason["values"]["km"] / ROUGH_KM))
    return _("%(km)s km away at most") % {"km": km}


OF_PAY = {
    "pay_above": gettext_lazy("Pays more than the lowest asked for"),
    "pay_close": gettext_lazy("Pays just what was asked for"),
}
LESS = gettext_lazy("Pays less than asked for")


def _pay(reason: dict[str, Any], labels: Labels) -> str:
    return str(OF_PAY.get(reason["kind"], LESS))


def _interests(reason: dict[str, Any], labels: Labels) -> str:
    names = [labels.interests.get(code, code) for code in reason["codes"]]
    return _("Interests: %(names)s") % {"names": ", ".join(names[:3])}


def _ideal(reason: dict[str, Any], labels: Labels) -> str:
    """What she shares with people hired: the two most telling, and how many in all."""
    names = [trait(code, labels) for code in reason["codes"]]
    sentence = ngettext(
        "In common with people hired for this work: %(names)s",
        "%(number)s things in common with people hired for this work: %(names)s",
        len(names),
    )
    more = " …" if len(names) > NAMED_IN_COMMON else ""
    return sentence % {"number": len(names), "names": ", ".join(names[:NAMED_IN_COMMON]) + more}


def _history(reason: dict[str, Any], labels: Labels) -> str:
    return _("People whose choices were alike wished for it")


TELL: dict[str, Callable[[dict[str, Any], Labels], str]] = {
    "occupation": _occupation,
    "title": _title,
    "skills": _skills,
    "wished_skills": _wished_skills,
    "experience": _experience,
    "education": _education,
    "languages": _languages,
    "distance": _distance,
    "pay": _pay,
    "interests": _interests,
    "ideal": _ideal,
    "history": _history,
}


def part_names() -> dict[str, str]:
    """Return the names of the score's parts."""
    return {
        "base": _("Where every pair starts"),
        "occupation": _("The work"),
        "title": _("The words"),
        "skills": _("Skills"),
        "wished_skills": _("Skills welcome"),
        "experience": _("Experience"),
        "education": _("Education"),
        "languages": _("Languages"),
        "distance": _("Distance"),
        "pay": _("Pay"),
        "interests": _("Interests"),
        "ideal": _("In common with people hired"),
        "history": _("Choices of people alike"),
    }
