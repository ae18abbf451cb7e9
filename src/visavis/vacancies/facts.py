"""A vacancy in words: lines for a card, for the page and for checking one's answers."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from visavis.catalog.distances import km_between
from visavis.catalog.enums import (
    Condition,
    ContractKind,
    EducationLevel,
    LanguageLevel,
    Licence,
    OwnVehicle,
    SpokenLanguage,
)
from visavis.catalog.models import Commune
from visavis.common.prepared import Prepared, keep_with
from visavis.ui.dates import day
from visavis.ui.templatetags.ui import months, pay
from visavis.vacancies import occupations
from visavis.vacancies.ads.facts import PART_TIME_MOST
from visavis.vacancies.models import LanguageAsked, SkillAsked, Vacancy
from visavis.vacancies.questions.person import skill_words

# A place less sure than this has no distance to show.
MOST_OFF_KM = 10


@dataclass(frozen=True)
class Line:
    """One thing said of a vacancy, and where to change it."""

    label: str
    value: str = ""
    lines: list[str] = field(default_factory=list)
    url: str = ""


def place(vacancy: Vacancy) -> str:
    if vacancy.commune:
        return str(vacancy.commune)
    if vacancy.department:
        return _("%(department)s, town not said") % {"department": vacancy.department}
    return vacancy.place_text


def km_from(vacancy: Vacancy, around: Commune | None) -> float | None:
    """Return how far a place is from a town in a straight line, when both are known."""
    if not around or vacancy.precision_km > MOST_OFF_KM:
        return None
    here, there = (around.latitude, around.longitude), (vacancy.latitude, vacancy.longitude)
    if None in here or None in there:
        return None
    return km_between(*here, *there)  # type: ignore[arg-type]


def place_in_short(vacancy: Vacancy) -> str:
    return vacancy.commune.name if vacancy.commune else place(vacancy)


def contract(vacancy: Vacancy) -> str:
    if not vacancy.contract:
        return ""
    label = str(ContractKind(vacancy.contract).label)
    return f"{label}, {months(vacancy.contract_months)}" if vacancy.contract_months else label


def hours(vacancy: Vacancy) -> str:
    low, high = vacancy.hours_min, vacancy.hours_max
    if low is None and high is None:
        return ""
    if low is None and high is not None and float(high) == PART_TIME_MOST:
        return _("Part time")
    said = {
        "low": number(low if low is not None else high),
        "high": number(high if high is not None else low),
    }
    if said["low"] == said["high"]:
        return _("%(low)s hours a week") % said
    return _("%(low)s to %(high)s hours a week") % said


def hours_told(vacancy: Vacancy) -> str:
    """Say the hours, and that they are counted over the year where they are."""
    over_the_year = _("counted over the year") if vacancy.is_annualised else ""
    told = ", ".join(part for part in (hours(vacancy), over_the_year) if part)
    return told[:1].upper() + told[1:]


def number(value: Any) -> str:
    return number_format(float(value), 0 if float(value).is_integer() else 1)


def pay_words(vacancy: Vacancy) -> str:
    return str(pay(vacancy.pay_min_hour, vacancy.pay_max_hour)) or vacancy.pay_text


def in_short(vacancy: Vacancy, where: str) -> list[str]:
    """Give the three facts that decide first, as a card tells them on one line: where, for how long, for how much."""
    return [fact for fact in (where, contract_in_short(vacancy), pay_in_short(vacancy)) if fact]


IN_SHORT: dict[str, Promise] = {
    ContractKind.PERMANENT: pgettext_lazy("card", "Permanent"),
    ContractKind.FIXED_TERM: pgettext_lazy("card", "Fixed term"),
    ContractKind.TEMPORARY: pgettext_lazy("card", "Agency work"),
    ContractKind.SEASONAL: pgettext_lazy("card", "Seasonal"),
    ContractKind.APPRENTICESHIP: pgettext_lazy("card", "Apprenticeship"),
    ContractKind.SELF_EMPLOYED: pgettext_lazy("card", "Self-employed"),
    ContractKind.OTHER: pgettext_lazy("card", "Another contract"),
}


def contract_in_short(vacancy: Vacancy) -> str:
    """Say the contract and the hours in a few letters."""
    kind = str(IN_SHORT[vacancy.contract]) if vacancy.contract else ""
    if kind and vacancy.contract_months:
        kind = f"{kind} {months(vacancy.contract_months)}"
    return ", ".join(filter(None, [kind, hours_in_short(vacancy)]))


def hours_in_short(vacancy: Vacancy) -> str:
    """Say the hours of part-time work; full time is what nobody needs to be told."""
    low, high = vacancy.hours_min, vacancy.hours_max
    said = [float(one) for one in (low, high) if one is not None]
    if not said or min(said) > PART_TIME_MOST:
        return ""
    if low is None and max(said) == PART_TIME_MOST:
        return pgettext("card", "part time")
    span = dict.fromkeys(map(number, said))
    return pgettext("card", "%(hours)s h") % {"hours": "–".join(span)}


def pay_in_short(vacancy: Vacancy) -> str:
    span = dict.fromkeys(
        number_format(one, 2) for one in (vacancy.pay_min_hour, vacancy.pay_max_hour) if one is not None
    )
    return pgettext("card", "€%(pay)s/h") % {"pay": "–".join(span)} if span else ""


def experience(vacancy: Vacancy) -> str:
    asked = vacancy.experience_months
    if asked is None:
        return ""
    if not asked:
        return _("None: a beginner is welcome")
    words = {"length": months(asked)}
    return (
        _("%(length)s, needed") % words if vacancy.experience_is_required else _("%(length)s, a plus") % words
    )


def education(vacancy: Vacancy) -> str:
    if vacancy.education_level is None:
        return ""
    words = {"level": EducationLevel(vacancy.education_level).label}
    return _("%(level)s, needed") % words if vacancy.education_is_required else _("%(level)s, a plus") % words


def licences(vacancy: Vacancy) -> list[str]:
    needed = [str(Licence(code).label) for code in vacancy.licences]
    return needed + [
        _("%(licence)s, a plus") % {"licence": Licence(code).label} for code in vacancy.licences_wished
    ]


ASKED: dict[str, Prepared[Any]] = {
    "skills_asked": Prepared(
        lambda vacancy: SkillAsked.objects.filter(vacancy=vacancy).select_related("skill")
    ),
    "languages_asked": Prepared(lambda vacancy: LanguageAsked.objects.filter(vacancy=vacancy)),
}


def read_asked(vacancy: Vacancy) -> None:
    """Read what a vacancy asks, as `prefetch_related` would: its skills and its languages."""
    for name, asked in ASKED.items():
        keep_with(vacancy, name, asked(vacancy.pk))


def languages(vacancy: Vacancy) -> list[str]:
    said = []
    for row in vacancy.languages_asked.all():
        words = {"language": SpokenLanguage(row.language).label, "level": LanguageLevel(row.level).label}
        needed, plus = _("%(language)s (%(level)s)"), _("%(language)s (%(level)s), a plus")
        said.append((needed if row.is_required else plus) % words)
    return said


def conditions(vacancy: Vacancy) -> list[str]:
    told = [str(Condition(code).label) for code in vacancy.conditions]
    return [*told, _("On call at times")] if vacancy.is_on_call else told


def own_vehicle(vacancy: Vacancy) -> str:
    return str(OwnVehicle(vacancy.own_vehicle).label) if vacancy.own_vehicle else ""


def skills(vacancy: Vacancy, *, is_essential: bool) -> list[str]:
    return [skill_words(row) for row in vacancy.skills_asked.all() if row.is_essential == is_essential]


def author(vacancy: Vacancy) -> str:
    """Say by whom an ad of ours was written, and whether its employer has said that it is right."""
    if vacancy.feed_id is not None or vacancy.employer_id is None:
        return ""
    if not vacancy.is_by_agency:
        return _("The employer")
    if vacancy.confirmed_at is None:
        return _("The agency, on the phone with the employer")
    return _("The agency, and checked by the employer on %(day)s") % {"day": day(vacancy.confirmed_at)}


def about(vacancy: Vacancy) -> list[Line]:
    """Give the facts of the page that are said; what is not said is not shown."""
    lines = [
        Line(_("Place"), place(vacancy)),
        Line(_("Contract"), contract(vacancy)),
        Line(_("Hours"), hours_told(vacancy)),
        Line(_("Gross pay"), pay_words(vacancy)),
        Line(_("First day of work"), day(vacancy.starts_on)),
        Line(_("Last day of work"), day(vacancy.ends_on)),
        Line(_("Days, hours and work"), ", ".join(conditions(vacancy))),
        Line(_("Experience"), experience(vacancy)),
        Line(_("Education"), education(vacancy)),
        Line(_("Licences"), ", ".join(licences(vacancy))),
        Line(_("A vehicle of one’s own"), own_vehicle(vacancy)),
        Line(_("Languages"), ", ".join(languages(vacancy))),
        Line(_("People looked for"), str(vacancy.positions) if vacancy.positions > 1 else ""),
        Line(_("Answers until"), day(vacancy.closes_on)),
        Line(_("Written by"), author(vacancy)),
    ]
    return [line for line in lines if line.value]


def answers(vacancy: Vacancy) -> list[dict[str, Any]]:
    """Give every answer of the five questions with where to change it, said or not."""

    def line(slug: str, label: str, value: str | list[str]) -> Line:
        url = reverse("vacancies:question", kwargs={"vacancy_id": vacancy.pk, "question": slug})
        return Line(label, "", value, url) if isinstance(value, list) else Line(label, value, url=url)

    occupation = occupations.names(vacancy)
    if occupation and vacancy.occupation_from == "title":
        occupation = _("%(occupation)s (found from the title: please confirm)") % {"occupation": occupation}
    groups = [
        (
            _("The work"),
            [line("work", _("Title"), vacancy.title), line("occupation", _("Occupation"), occupation)],
        ),
        (
            _("Where and when"),
            [
                line("place", _("Place"), place(vacancy)),
                line("place", _("First day of work"), day(vacancy.starts_on)),
                line("place", _("Last day of work"), day(vacancy.ends_on)),
                line("place", _("Hours"), hours_told(vacancy)),
                line("place", _("Days, hours and work"), conditions(vacancy)),
            ],
        ),
        (
            _("Contract and pay"),
            [
                line("contract", _("Contract"), contract(vacancy)),
                line("contract", _("Gross pay"), pay_words(vacancy)),
            ],
        ),
        (
            _("Who"),
            [
                line("person", _("Skills that are needed"), skills(vacancy, is_essential=True)),
                line("person", _("Skills that are a plus"), skills(vacancy, is_essential=False)),
                line("person", _("Experience"), experience(vacancy)),
                line("person", _("Education"), education(vacancy)),
                line("person", _("Licences"), licences(vacancy)),
                line("person", _("A vehicle of one’s own"), own_vehicle(vacancy)),
                line("person", _("Languages"), languages(vacancy)),
            ],
        ),
        (
            _("In a few sentences"),
            [
                line("words", _("Description"), vacancy.description),
                line("words", _("People looked for"), str(vacancy.positions)),
            ],
        ),
    ]
    return [{"title": title, "answers": lines} for title, lines in groups]
