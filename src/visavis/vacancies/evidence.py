"""What was understood of a pasted text, in words, each with the words it came from."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.catalog.enums import Condition, Licence, SpokenLanguage
from visavis.vacancies import facts
from visavis.vacancies.models import Vacancy
from visavis.vacancies.pasted import Found, Understood


@dataclass(frozen=True)
class Evidence:
    """One answer of the draft, the words of the text it came from, and where to correct it."""

    label: str
    value: str
    words: str
    url: str


def evidence(vacancy: Vacancy, found: Understood) -> list[Evidence]:
    """Give every answer that a text may hold, found or not, in the order of the questions."""

    def line(slug: str, label: str, value: str, *sources: Found[object] | None) -> Evidence:
        url = reverse("vacancies:question", kwargs={"vacancy_id": vacancy.pk, "question": slug})
        words = dict.fromkeys(source.words for source in sources if source)
        return Evidence(label, value, " … ".join(words)[:400], url)

    occupation = vacancy.occupation.label if vacancy.occupation else ""
    labels = facts.skills(vacancy, is_essential=True) + facts.skills(vacancy, is_essential=False)
    return [
        line("work", _("Title"), vacancy.title, found.title),
        line("occupation", _("Occupation"), occupation, found.title if occupation else None),
        line("place", _("Place"), facts.place(vacancy), found.place),
        line("place", _("First day of work"), facts.day(vacancy.starts_on), found.starts_on),
        line("place", _("Hours"), facts.hours(vacancy), found.hours),
        line("place", _("Days, hours and work"), listed(Condition, vacancy.conditions), *found.conditions),
        line("contract", _("Contract"), facts.contract(vacancy), found.contract),
        line("contract", _("Gross pay"), facts.pay_words(vacancy), found.pay),
        line("person", _("Skills"), ", ".join(labels), *found.skills),
        line("person", _("Experience"), facts.experience(vacancy), found.experience),
        line("person", _("Education"), facts.education(vacancy), found.education),
        line(
            "person",
            _("Licences"),
            listed(Licence, vacancy.licences + vacancy.licences_wished),
            *found.licences,
        ),
        line(
            "person",
            _("Languages"),
            ", ".join(str(SpokenLanguage(row.language).label) for row in vacancy.languages_asked.all()),
            *found.languages,
        ),
        line("words", _("People looked for"), str(vacancy.positions), found.positions),
    ]


def listed(words: type[Condition] | type[Licence], codes: list[str]) -> str:
    return ", ".join(str(words(code).label) for code in codes)
