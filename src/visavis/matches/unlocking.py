"""What one change would open, in words."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.catalog.enums import Condition, ContractKind, LanguageLevel, Licence, SpokenLanguage
from visavis.catalog.models import Skill
from visavis.jobseekers.models import Jobseeker
from visavis.matches import bridge, ranking
from visavis.matches.bridge import SkillGain
from visavis.vacancies.models import Vacancy

CHANGES_SHOWN = 6
SKILLS_SHOWN = 2


@dataclass(frozen=True)
class Change:
    """One change, what it would bring, and examples."""

    sentence: str
    gain: str
    examples: list[str]


def changes(jobseeker: Jobseeker) -> list[Change]:
    """Return the changes that open most, each kind once, then the skills worth learning."""
    vacancies = ranking.open_vacancies()
    found, skills = bridge.changes_for(jobseeker, vacancies)
    best = {unlock.kind: unlock for unlock in reversed(found)}
    ordered = sorted(best.values(), key=lambda unlock: -unlock.count)[:CHANGES_SHOWN]
    told = [
        Change(
            sentence(unlock.kind, unlock.code, unlock.amount),
            ngettext("%(number)s more opening", "%(number)s more openings", unlock.count)
            % {"number": unlock.count},
            [vacancies[place].title for place in unlock.vacancies],
        )
        for unlock in ordered
    ]
    return told + learning(vacancies, skills)


def learning(vacancies: list[Vacancy], skills: list[SkillGain]) -> list[Change]:
    """Return the skills that would add most over the list."""
    labels = {skill.pk: skill.label for skill in Skill.objects.filter(pk__in=[s.code for s in skills])}
    return [
        Change(
            _("Learn: %(skill)s") % {"skill": labels.get(skill.code, skill.code)},
            ngettext(
                "It would help for %(number)s opening of the list",
                "It would help for %(number)s openings of the list",
                len(skill.vacancies),
            )
            % {"number": len(skill.vacancies)},
            [vacancies[place].title for place in skill.vacancies],
        )
        for skill in skills[:SKILLS_SHOWN]
    ]


def sentence(kind: str, code: str, amount: float) -> str:
    """Return a change in words."""
    number = number_format(amount, decimal_pos=0 if amount == int(amount) else 2)
    sentences = {
        "radius": _("Go %(number)s km farther"),
        "licence": _("Hold the licence %(label)s"),
        "language": _("Speak %(label)s at level %(level)s"),
        "contract": _("Accept another contract: %(label)s"),
        "condition": _("Accept: %(label)s"),
        "pay": _("Accept %(number)s € less an hour"),
        "start": _("Start %(number)s days earlier"),
        "hours_more": _("Work up to %(number)s hours more a week"),
        "hours_fewer": _("Work from %(number)s hours fewer a week"),
    }
    labels = {
        "licence": Licence,
        "language": SpokenLanguage,
        "contract": ContractKind,
        "condition": Condition,
    }
    label = labels[kind](code).label if kind in labels and code in labels[kind].values else code
    level = LanguageLevel(int(amount)).name if kind == "language" else ""
    return sentences[kind] % {"number": number, "label": label, "level": level}
