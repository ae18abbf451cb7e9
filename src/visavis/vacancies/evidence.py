"""What was understood of a text, in words, each with the words it came from."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.ui.dates import day
from visavis.vacancies import facts, occupations
from visavis.vacancies.models import Vacancy


@dataclass(frozen=True)
class Evidence:
    """One answer, the words it was read in, what a field of the feed said instead, and where to correct it."""

    label: str
    value: str
    words: str = ""
    denied: str = ""
    url: str = ""


def understood(vacancy: Vacancy) -> list[Evidence]:
    """Give every answer that a text may hold, found or not, in the order of the questions."""
    kept: dict[str, list[str]] = vacancy.evidence

    def line(slug: str, label: str, value: str, *columns: str) -> Evidence:
        found = [kept[name] for name in columns if name in kept]
        words = dict.fromkeys(one[0] for one in found)
        denied = dict.fromkeys(word for one in found for word in one[1:])
        url = reverse("vacancies:question", kwargs={"vacancy_id": vacancy.pk, "question": slug})
        return Evidence(
            label, value, " … ".join(words)[:400], " … ".join(denied), "" if vacancy.feed_id else url
        )

    skills = list(vacancy.skills_asked.all())
    occupation = occupations.names(vacancy)
    labels = facts.skills(vacancy, is_essential=True) + facts.skills(vacancy, is_essential=False)
    return [
        line("work", _("Title"), vacancy.title, "title"),
        line("occupation", _("Occupation"), occupation, *(["title"] if occupation else [])),
        line("place", _("Place"), facts.place(vacancy), "place"),
        line("place", _("First day of work"), day(vacancy.starts_on), "starts_on"),
        line("place", _("Last day of work"), day(vacancy.ends_on), "ends_on"),
        line("place", _("Hours"), facts.hours_told(vacancy), "hours_min", "is_annualised"),
        line(
            "place",
            _("Days, hours and work"),
            ", ".join(facts.conditions(vacancy)),
            "conditions",
            "remote",
            "is_on_call",
        ),
        line("contract", _("Contract"), facts.contract(vacancy), "contract", "contract_months"),
        line("contract", _("Gross pay"), facts.pay_words(vacancy), "pay_min_hour"),
        line("person", _("Skills"), ", ".join(labels), *(row.skill_id for row in skills if row.skill_id)),
        line(
            "person",
            _("Experience"),
            facts.experience(vacancy),
            "experience_is_required",
            "experience_months",
        ),
        line("person", _("Education"), facts.education(vacancy), "education_level"),
        line("person", _("Licences"), ", ".join(facts.licences(vacancy)), "licences", "licences_wished"),
        line("person", _("A vehicle of one’s own"), facts.own_vehicle(vacancy), "own_vehicle"),
        line("person", _("Languages"), ", ".join(facts.languages(vacancy)), "languages"),
        line("words", _("People looked for"), str(vacancy.positions), "positions"),
    ]
