"""What a person may want to tick, seen from her wishes and her past."""

from visavis.catalog.models import OccupationSkill, Skill
from visavis.jobseekers.models import Jobseeker

MOST_SUGGESTED = 16


def occupations_of(jobseeker: Jobseeker) -> list[str]:
    """Return the codes of what she wants, then of what she did."""
    if jobseeker.pk is None:
        return []
    wanted = jobseeker.wishes.values_list("occupation_id", flat=True)
    held = jobseeker.experiences.values_list("occupation_id", flat=True)
    return list(dict.fromkeys(code for code in [*wanted, *held] if code))


def skills(jobseeker: Jobseeker, *, held: list[str], shown: list[str]) -> list[Skill]:
    """Return what she holds, what was shown, and what her occupations ask: essential first, in her order."""
    occupations = occupations_of(jobseeker)
    links = OccupationSkill.objects.filter(occupation__in=occupations, skill__is_current=True)
    ranked = sorted(
        links.values_list("occupation_id", "skill_id", "is_essential"),
        key=lambda link: (not link[2], occupations.index(link[0]), link[1]),
    )
    suggested = list(dict.fromkeys(skill for _occupation, skill, _essential in ranked))[:MOST_SUGGESTED]
    codes = list(dict.fromkeys([*held, *suggested, *shown]))
    by_code = Skill.objects.in_bulk(codes)
    return [by_code[code] for code in codes if code in by_code]
