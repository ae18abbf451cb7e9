"""Fields and text together: where both speak, who is believed."""

from collections.abc import Mapping
from dataclasses import replace

from visavis.vacancies.ads.facts import Education, Facts, Found, Hours, Language, Pay
from visavis.vacancies.ads.terms import contract, hours
from visavis.vacancies.ads.text import Text

HALF_HOUR = 0.5
SAME_PAY = 0.004


def merged(said: Facts, read: Facts, text: Text, title: Text) -> Facts:
    """Return what a careful person understands of both: a plain sentence corrects a field that was ticked."""
    kind = (
        contract.sure_contract_in(text) or contract.sure_contract_in(title) or said.contract or read.contract
    )
    if said.contract and kind and kind.value == said.contract.value:
        kind = said.contract
    length = said.length or contract.length_in(text, kind=kind.value if kind else "fixed_term")
    worked = hours_of(said, read, text)
    kind_of_experience, months, beginner = experience_of(said, read)
    return replace(
        read,
        contract=kind,
        length=None if kind and kind.value == "permanent" else length,
        hours=worked,
        working_time=working_time_of(said, read, worked),
        pay=pay_of(said.pay, read.pay),
        positions=read.positions or said.positions,
        experience=kind_of_experience,
        experience_months=months,
        beginner=beginner,
        education=education_of(said.education, read.education),
        licences=licences_of(said.licences, read.licences),
        languages=languages_of(said.languages, read.languages),
        conditions=conditions_of(said.conditions, read.conditions),
        starts=starts_of(said.starts, read.starts),
        ends=read.ends or said.ends,
        own_vehicle=read.own_vehicle or said.own_vehicle,
        remote=read.remote or said.remote,
        skills=(*read.skills, *said.skills),
    )


def starts_of(said: Found[str] | None, read: Found[str] | None) -> Found[str] | None:
    """Take the day of the text; "as soon as possible" denies no day that a field tells."""
    return said if said and read and read.value == "asap" else read or said


def hours_of(said: Facts, read: Facts, text: Text) -> Found[Hours] | None:
    """Take hours said to be of a week or a month; a bare "35h" only where no field says more."""
    if read.hours and said.hours:
        one, other = read.hours.value, said.hours.value
        near = abs(one.low - other.low) < HALF_HOUR and one.high == one.low
        # "30h, 2 h par semaine de réunion": a part of the week is not the week.
        return said.hours if near or (one.high < other.low / 2) else read.hours
    return read.hours or said.hours or hours.bare_hours_in(text)


def working_time_of(said: Facts, read: Facts, worked: Found[Hours] | None) -> Found[str] | None:
    if read.working_time and read.working_time.value == "either":
        return read.working_time
    by_hours = hours.working_time_of(worked) if worked and worked.source == "text" else None
    return said.working_time or read.working_time or by_hours or hours.working_time_of(worked)


def pay_of(said: Found[Pay] | None, read: Found[Pay] | None) -> Found[Pay] | None:
    """Keep the field where the text repeats one of its ends; else the text, which somebody wrote, is right."""
    if not said or not read:
        return said or read
    one, other = read.value, said.value
    if is_same(one.low, other.low) and (
        one.high is None or one.low == one.high or is_same(one.high, other.high)
    ):
        return said
    return read


def is_same(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= SAME_PAY * other


def experience_of(
    said: Facts, read: Facts
) -> tuple[Found[str] | None, Found[int] | None, Found[bool] | None]:
    """Let the text correct the box: experience wished does not deny beginners, experience required does."""
    kind = read.experience or said.experience
    months = read.experience_months or said.experience_months
    beginner = read.beginner or said.beginner
    if read.beginner and (not read.experience or read.experience.value == "required"):
        kind = Found("none", read.beginner.words, "text", read.beginner.start, read.beginner.end)
    if kind and kind.value == "none":
        return kind, None, beginner or (Found(True, kind.words, kind.source) if said.beginner else None)
    if kind and kind.value == "required":
        return kind, months, None
    return kind, months, beginner


def education_of(said: Found[Education] | None, read: Found[Education] | None) -> Found[Education] | None:
    if not read:
        return said
    if read.value.level == 0 and said and said.value.level:
        return said
    # A diploma named without a level keeps the field's, even where France has moved it since.
    level = said.value.level if said and read.value.is_named and said.value.level else read.value.level
    asks = read.value.is_required
    if asks is None:
        asks = said.value.is_required if said and said.value.level == level else True
        if said and not said.value.is_required:
            asks = False
    return replace(read, value=Education(level, asks, read.value.is_named))


def licences_of(said: Mapping[str, Found[bool]], read: Mapping[str, Found[bool]]) -> dict[str, Found[bool]]:
    """Join both; what the text says of a licence counts, but for "B" in passing where the field demands it."""
    return {code: joined(said.get(code), read.get(code)) for code in sorted(said.keys() | read.keys())}


def joined(said: Found[bool] | None, read: Found[bool] | None) -> Found[bool]:
    if said and read:
        return said if said.value else read
    found = said or read
    assert found is not None  # One of both named it.
    return found


def languages_of(
    said: Mapping[str, Found[Language]], read: Mapping[str, Found[Language]]
) -> dict[str, Found[Language]]:
    return {code: read.get(code) or said[code] for code in sorted(said.keys() | read.keys())}


def conditions_of(said: Mapping[str, Found[str]], read: Mapping[str, Found[str]]) -> dict[str, Found[str]]:
    """Join both; "du lundi au vendredi" denies a week-end that a field only ticked."""
    found = {**said, **read}
    for code in ("saturday", "sunday"):
        if "weekdays_only" in read and code in said and code not in read:
            found.pop(code)
    if {"saturday", "sunday"} & found.keys():
        found.pop("weekdays_only", None)
    if "travel" in found:
        found.pop("travel_sometimes", None)
    return found
