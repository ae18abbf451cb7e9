"""From a pasted text to a draft, with the words each answer came from."""

from visavis.catalog import phrases
from visavis.catalog.models import Commune
from visavis.catalog.phrases import Phrases
from visavis.common import clock
from visavis.people.models import User
from visavis.vacancies import asked, occupations, services
from visavis.vacancies.ads import values
from visavis.vacancies.feeds.catalogued import places
from visavis.vacancies.models import Employer, LanguageAsked, SkillAsked, Vacancy
from visavis.vacancies.pasted import understand
from visavis.vacancies.questions.place import where


def start(*, employer: Employer, text: str, by: User) -> Vacancy:
    """Begin a draft with what was understood; the text itself is the description."""
    today = clock.today()
    found = understand(text, places=places(), today=today)
    facts, title = found.facts, found.title.value if found.title else ""
    occupation = occupations.by_title(title) if title else None
    code = occupation.occupation.pk if occupation else None
    commune = Commune.objects.filter(pk=found.place.value.commune).first() if found.place else None
    columns = values.columns(facts)
    if facts.starts and facts.starts.value == "asap":
        columns["starts_on"] = today
        columns["ends_on"] = values.last_day(facts, today)
    [codes] = phrases.codes_of([Phrases([skill.words for skill in facts.skills], code)])
    evidence = values.evidence(facts, codes=codes)
    evidence |= {name: [one.words] for name, one in (("title", found.title), ("place", found.place)) if one}
    vacancy = services.start(
        employer=employer,
        by=by,
        description=text,
        title=title,
        occupation_id=code,
        occupation_from="title" if occupation else "",
        other_occupations=list(occupation.others) if occupation else [],
        pay_text=facts.pay.words[:250] if facts.pay else "",
        evidence=evidence,
        **where(commune),
        **columns,
    )
    SkillAsked.objects.bulk_create(asked.skills(vacancy, facts.skills, codes))
    LanguageAsked.objects.bulk_create(asked.languages(vacancy, facts.languages))
    return vacancy
