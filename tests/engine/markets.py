"""Random markets for the engine's tests: small vocabularies, so that everything meets everything."""

from collections.abc import Sequence
from math import nan

from hypothesis import strategies as st

from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
from visavis.engine.facts.vocabulary import CONDITIONS, CONTRACTS, LICENCES, UNKNOWN_DAY
from visavis.engine.market.market import Market

TODAY = 20_000
OCCUPATIONS = ["J1506", "J1501", "J1103", "F1703", "F1704", "N4101"]
LINKS = [("J1506", "F1704", "near"), ("N4101", "F1703", "evolution")]
INTERESTS = {"J1506": ["riasec:S", "interest:care"], "F1703": ["riasec:R"]}
IDEAL = {
    "J1506": {
        "skill:S1": 0.3,
        "skill:S9": 0.2,
        "occupation:N4101": 0.11,
        "experience:2": 0.2,
        "training:4": 0.05,
    },
    "J1501": {"skill:S1": 0.01, "skill:S2": 0.4, "experience:0": 0.3, "training:0": 0.7},
    "F1703": {"skill:S3": 0.25, "occupation:F1704": 0.1, "occupation:F1703": 0.1},
    "N4101": {},
    "Z9999": {"skill:S1": 0.5},
}
SKILLS = ["S1", "S2", "S3", "S4"]
WORDS = ["Infirmier de nuit", "infirmière", "Maçon", "Conducteur routier", "!", "boucher charcutier"]

PLACES = [
    (48.85, 2.35),
    (48.85, 2.35),
    (48.80, 2.30),
    (45.76, 4.84),
    (90.0, 12.0),
    (89.99, -170.0),
    (-90.0, 0.0),
    (-17.0, 179.95),
    (-17.0, -179.95),
    (-17.0, 180.0),
    (-17.0, -180.0),
    (0.0, 0.0),
    (nan, nan),
]
RADII = [0.0, 5.0, 12.0, 50.0, 400.0, 20_100.0, nan]

places = st.sampled_from(PLACES) | st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def some_of(values: list[str] | tuple[str, ...], most: int = 3) -> st.SearchStrategy[list[str]]:
    """Draw a few distinct values."""
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


def levels(values: list[str], low: int, high: int) -> st.SearchStrategy[list[tuple[str, int]]]:
    """Draw a few distinct values with a level."""
    return st.lists(
        st.tuples(st.sampled_from(values), st.integers(low, high)), max_size=3, unique_by=lambda pair: pair[0]
    )


hours = st.sampled_from([nan, nan, 10.0, 24.0, 35.0, 39.0])
days = st.sampled_from([UNKNOWN_DAY, TODAY - 5, TODAY, TODAY + 3, TODAY + 40])


@st.composite
def jobseekers(draw: st.DrawFn) -> Jobseeker:
    """Draw a person, any field of whom may be unknown."""
    latitude, longitude = draw(places)
    return Jobseeker(
        latitude=latitude,
        longitude=longitude,
        radius_km=draw(st.sampled_from(RADII)),
        wishes=draw(some_of([*OCCUPATIONS, "K9999"])),
        skills=draw(levels(SKILLS, 0, 4)),
        experience=draw(levels(OCCUPATIONS, 0, 120)),
        education=draw(st.integers(-1, 8)),
        languages=draw(levels(["fr", "en", "de"], 0, 6)),
        licences=draw(st.none() | some_of(LICENCES[:4])),
        contracts=draw(some_of(CONTRACTS[:3])),
        hours_min=draw(hours),
        hours_max=draw(hours),
        available_on=draw(days),
        lowest_pay=draw(st.sampled_from([nan, 0.0, 12.0, 13.0, 14.0])),
        avoided=draw(some_of(CONDITIONS[:3], 2)),
        interests=draw(some_of(["riasec:S", "riasec:R", "interest:care", "interest:cars"])),
        texts=draw(some_of(WORDS, 2)),
    )


@st.composite
def vacancies(draw: st.DrawFn) -> Vacancy:
    """Draw a vacancy, any field of which may be unknown."""
    latitude, longitude = draw(places)
    return Vacancy(
        latitude=latitude,
        longitude=longitude,
        place_radius_km=draw(st.sampled_from([0.0, 0.0, 3.0, 40.0])),
        is_remote=draw(st.sampled_from([False, False, False, True])),
        occupation=draw(st.sampled_from([*OCCUPATIONS, ""])),
        other_occupations=draw(some_of(OCCUPATIONS, 2)),
        title=draw(st.sampled_from([*WORDS, ""])),
        essential_skills=draw(some_of(SKILLS)),
        wished_skills=draw(some_of(SKILLS)),
        experience_months=draw(st.sampled_from([-1, 0, 12, 36])),
        experience_is_required=draw(st.booleans()),
        education=draw(st.integers(-1, 8)),
        education_is_required=draw(st.booleans()),
        languages=draw(levels(["fr", "en", "de"], 0, 6)),
        licences=draw(some_of(LICENCES[:4], 1)),
        contract=draw(st.sampled_from(["", *CONTRACTS[:3]])),
        hours_min=draw(hours),
        hours_max=draw(hours),
        starts_on=draw(days),
        pay_min=draw(st.sampled_from([nan, 10.0, 13.0])),
        pay_max=draw(st.sampled_from([nan, 12.0, 20.0])),
        conditions=draw(some_of(CONDITIONS[:3], 1)),
    )


people = st.lists(jobseekers(), max_size=6)
openings = st.lists(vacancies(), max_size=12)


def market_of(persons: Sequence[Jobseeker], work: Sequence[Vacancy]) -> Market:
    """Lay out a market of these people and vacancies, today, with the links and profiles above."""
    return Market(
        jobseeker_columns(persons),
        vacancy_columns(work),
        today=TODAY,
        occupation_links=LINKS,
        occupation_interests=INTERESTS,
    ).with_ideal_profiles(IDEAL)
