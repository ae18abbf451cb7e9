"""The definition of a match as plain loops over plain records, sharing no code with the engine.

Only the score of a pair and the likeness of two texts are handed in.
"""

from collections.abc import Callable
from math import asin, cos, exp, isnan, radians, sin, sqrt

from visavis.engine.facts.records import Jobseeker, Vacancy

NO_DAY = -(2**31)
Alike = Callable[[str, str], float]


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Measure with the haversine formula."""
    (lat_a, lon_a), (lat_b, lon_b) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6371.0088 * asin(min(1.0, sqrt(h)))


def clashes(p: Jobseeker, v: Vacancy, today: int) -> set[str]:
    """Name the constraints the two do not keep."""
    found = set()
    if not v.is_remote and not any(map(isnan, (p.latitude, v.latitude, p.radius_km))):
        away = km((p.latitude, p.longitude), (v.latitude, v.longitude))
        if away - v.place_radius_km > p.radius_km + 1e-6:
            found.add("distance")
    if p.contracts and v.contract and v.contract not in p.contracts:
        found.add("contract")
    if p.hours_min > v.hours_max or v.hours_min > p.hours_max:
        found.add("hours")
    if p.licences is not None and any(licence not in p.licences for licence in v.licences):
        found.add("licences")
    spoken = {code: level or 99 for code, level in p.languages}
    if spoken and any(spoken.get(code, -1) < level for code, level in v.languages):
        found.add("languages")
    if v.starts_on not in (NO_DAY,) and v.starts_on >= today and v.starts_on < p.available_on:
        found.add("start")
    best = v.pay_min if isnan(v.pay_max) else v.pay_max
    if best < p.lowest_pay:
        found.add("pay")
    if set(p.avoided) & set(v.conditions):
        found.add("conditions")
    return found


def is_related(p: Jobseeker, v: Vacancy, links: list[tuple[str, str, str]], alike: Alike) -> bool:
    """Tell whether the two have anything to do with each other."""
    texts = [text for text in p.texts if any(c.isalnum() for c in text)]
    title = v.title if any(c.isalnum() for c in v.title) else ""
    if not (p.wishes or p.experience or p.skills or texts):
        return True
    if not (works(v) or v.essential_skills or title):
        return True
    sources = list(p.wishes) or [code for code, _ in p.experience]
    linked = {(a, b) for a, b, _ in links}
    if any(s[0] == work[0] or (s, work) in linked for s in sources for work in works(v)):
        return True
    if {code for code, _ in p.skills} & set(v.essential_skills):
        return True
    return bool(title) and any(alike(text, title) >= 0.4 for text in texts)


def works(v: Vacancy) -> list[str]:
    """Name the occupations that an opening is, the foremost first."""
    return [code for code in (v.occupation, *v.other_occupations) if code]


def ideal(p: Jobseeker, v: Vacancy, profiles: dict[str, dict[str, float]]) -> float:
    """Add up what her traits are worth in the occupation's profile, bent under 0.6, to the next 1/65,536."""
    foremost = next(iter(works(v)), "")
    profile = profiles.get(foremost, {})
    hers = {f"skill:{code}" for code, _ in p.skills} | {f"occupation:{code}" for code, _ in p.experience}
    if p.experience:
        months = sum(m for code, m in p.experience if code == foremost)
        band = 3 if months >= 36 else 2 if months >= 12 else 1 if months >= 1 else 0
        hers.add(f"experience:{band}")
    if p.education != -1:
        hers.add(f"training:{p.education}")
    total = sum(round(value * 65536) / 65536 for code, value in profile.items() if code in hers)
    return round(0.6 * (1 - exp(-total / 0.6)) * 65536) / 65536


def matches(
    people: list[Jobseeker],
    vacancies: list[Vacancy],
    links: list[tuple[str, str, str]],
    alike: Alike,
    today: int,
) -> set[tuple[int, int]]:
    """Give every pair that may be proposed."""
    return {
        (i, j)
        for i, p in enumerate(people)
        for j, v in enumerate(vacancies)
        if not clashes(p, v, today) and is_related(p, v, links, alike)
    }
