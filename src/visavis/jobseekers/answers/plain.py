"""Answers kept in the profile's own row."""

import datetime as dt
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.catalog.enums import Condition, ContractKind, Licence, Transport
from visavis.jobseekers import lookup, pay, reach
from visavis.jobseekers.answers.answer import Answer, Data, labels, number
from visavis.jobseekers.enums import HoursKind, PayUnit, ReachUnit, StartKind
from visavis.jobseekers.models import Jobseeker
from visavis.ui import dates
from visavis.ui.templatetags.ui import km, minutes

FULL_TIME = Decimal(35)
BELOW_FULL_TIME = Decimal("34.5")


def said_nothing(jobseeker: Jobseeker, slug: str) -> bool:
    """Say whether she answered that there is nothing to list."""
    return slug in jobseeker.answered


# Licences: null until she answers, an empty list when she has none.


def read_licences(jobseeker: Jobseeker) -> Data:
    return {"licences": jobseeker.licences or [], "nothing": jobseeker.licences == []}


def write_licences(jobseeker: Jobseeker, data: Data) -> None:
    jobseeker.licences = data["licences"] or ([] if data["nothing"] else None)


def licences_words(jobseeker: Jobseeker) -> list[str]:
    if jobseeker.licences == []:
        return [_("None for now")]
    return labels(jobseeker.licences, Licence.choices)


def read_contracts(jobseeker: Jobseeker) -> Data:
    is_any = not jobseeker.contracts and said_nothing(jobseeker, "contracts")
    return {"contracts": jobseeker.contracts, "nothing": is_any}


def write_contracts(jobseeker: Jobseeker, data: Data) -> None:
    jobseeker.contracts = data["contracts"]


def contracts_words(jobseeker: Jobseeker) -> list[str]:
    if not jobseeker.contracts and said_nothing(jobseeker, "contracts"):
        return [_("Any contract")]
    return labels(jobseeker.contracts, ContractKind.choices)


def read_conditions(jobseeker: Jobseeker) -> Data:
    nothing = not jobseeker.avoided_conditions and said_nothing(jobseeker, "conditions")
    return {"conditions": jobseeker.avoided_conditions, "nothing": nothing}


def write_conditions(jobseeker: Jobseeker, data: Data) -> None:
    jobseeker.avoided_conditions = data["conditions"]


def conditions_words(jobseeker: Jobseeker) -> list[str]:
    if not jobseeker.avoided_conditions and said_nothing(jobseeker, "conditions"):
        return [_("Nothing to avoid")]
    return labels(jobseeker.avoided_conditions, Condition.choices)


# Where she lives, how far she goes.


def read_place(jobseeker: Jobseeker) -> Data:
    place = jobseeker.commune
    return {"place": lookup.place_words(place) if place else "", "code": place.pk if place else ""}


def write_place(jobseeker: Jobseeker, data: Data) -> None:
    jobseeker.commune = data["commune"]


def place_words(jobseeker: Jobseeker) -> list[str]:
    return [lookup.place_words(jobseeker.commune)] if jobseeker.commune else []


def read_reach(jobseeker: Jobseeker) -> Data:
    unit = ReachUnit.KM if jobseeker.radius_km is not None else ReachUnit.MINUTES
    distance = jobseeker.radius_km if unit == ReachUnit.KM else jobseeker.minutes
    return {
        "unit": "" if distance is None else str(unit),
        "distance": number(distance),
        "transport": jobseeker.transport,
    }


def write_reach(jobseeker: Jobseeker, data: Data) -> None:
    distance = None if data["distance"] is None else round(data["distance"])
    jobseeker.radius_km = distance if data["unit"] == ReachUnit.KM else None
    jobseeker.minutes = distance if data["unit"] == ReachUnit.MINUTES else None
    jobseeker.transport = data["transport"] or ""


def reach_words(jobseeker: Jobseeker) -> list[str]:
    transport = str(Transport(jobseeker.transport).label) if jobseeker.transport else ""
    if jobseeker.radius_km is not None:
        how_far = _("Up to %(distance)s") % {"distance": km(jobseeker.radius_km)}
    elif jobseeker.minutes is not None:
        how_far = _("Up to %(time)s") % {"time": minutes(jobseeker.minutes)}
    else:
        how_far = ""
    said = ", ".join(part for part in (how_far, transport.lower() if how_far else transport) if part)
    return [part for part in (said, reach_sentence(jobseeker)) if part]


def reach_sentence(jobseeker: Jobseeker) -> str:
    """Say how far this goes and how many communes lie within."""
    found = reach.of(jobseeker)
    if found is None:
        return ""
    words = {"km": km(found.km), "place": jobseeker.commune.name if jobseeker.commune else ""}
    if found.communes is None:
        return _("This reaches about %(km)s around you.") % words
    return ngettext(
        "This reaches about %(km)s around %(place)s: %(n)s commune.",
        "This reaches about %(km)s around %(place)s: %(n)s communes.",
        found.communes,
    ) % (words | {"n": number_format(found.communes, 0, force_grouping=True)})


# Hours, first day, pay.


def hours_kind(jobseeker: Jobseeker) -> HoursKind | None:
    match (jobseeker.hours_min, jobseeker.hours_max):
        case (None, None):
            return HoursKind.ANY if said_nothing(jobseeker, "hours") else None
        case (least, None) if least == FULL_TIME:
            return HoursKind.FULL
        case (None, most) if most == BELOW_FULL_TIME:
            return HoursKind.PART
    return HoursKind.BETWEEN


def read_hours(jobseeker: Jobseeker) -> Data:
    kind = hours_kind(jobseeker)
    between = kind == HoursKind.BETWEEN
    return {
        "kind": str(kind or ""),
        "least": number(jobseeker.hours_min) if between else "",
        "most": number(jobseeker.hours_max) if between else "",
    }


def write_hours(jobseeker: Jobseeker, data: Data) -> None:
    bounds = {
        HoursKind.FULL: (FULL_TIME, None),
        HoursKind.PART: (None, BELOW_FULL_TIME),
        HoursKind.BETWEEN: (data["least"], data["most"]),
    }
    jobseeker.hours_min, jobseeker.hours_max = bounds.get(data["kind"], (None, None))


def hours_said(hours: Decimal | None) -> str:
    return "" if hours is None else str(number_format(hours.normalize(), 1 if hours % 1 else 0))


def hours_words(jobseeker: Jobseeker) -> list[str]:
    kind = hours_kind(jobseeker)
    if kind is None:
        return []
    if kind != HoursKind.BETWEEN:
        return [str(kind.label)]
    words = {"least": hours_said(jobseeker.hours_min), "most": hours_said(jobseeker.hours_max)}
    if not words["most"]:
        return [_("At least %(least)s hours a week") % words]
    if not words["least"]:
        return [_("At most %(most)s hours a week") % words]
    if words["least"] == words["most"]:
        return [_("%(most)s hours a week") % words]
    return [_("Between %(least)s and %(most)s hours a week") % words]


def read_start(jobseeker: Jobseeker) -> Data:
    if jobseeker.available_on:
        return {"kind": str(StartKind.DAY), "day": jobseeker.available_on}
    return {"kind": str(StartKind.NOW) if said_nothing(jobseeker, "start") else "", "day": None}


def write_start(jobseeker: Jobseeker, data: Data) -> None:
    day: dt.date | None = data["day"] if data["kind"] == StartKind.DAY else None
    jobseeker.available_on = day


def start_words(jobseeker: Jobseeker) -> list[str]:
    if jobseeker.available_on:
        return [_("From %(date)s") % {"date": dates.day(jobseeker.available_on)}]
    return [_("Now")] if said_nothing(jobseeker, "start") else []


def stated_pay(jobseeker: Jobseeker) -> tuple[Decimal, PayUnit] | None:
    """Return the amount as she gave it; a profile filled otherwise only has it per hour."""
    hourly, amount = jobseeker.lowest_pay_hour, jobseeker.pay_amount
    if hourly is None:
        return None
    unit = PayUnit(jobseeker.pay_unit or PayUnit.HOUR)
    if amount is not None and pay.per_hour(amount, unit) == hourly:
        return amount, unit
    return hourly, PayUnit.HOUR


def read_pay(jobseeker: Jobseeker) -> Data:
    stated = stated_pay(jobseeker)
    return {"amount": number(stated[0]) if stated else "", "unit": str(stated[1]) if stated else ""}


def write_pay(jobseeker: Jobseeker, data: Data) -> None:
    amount = data["amount"]
    jobseeker.pay_amount = amount
    jobseeker.pay_unit = "" if amount is None else data["unit"]
    jobseeker.lowest_pay_hour = None if amount is None else pay.per_hour(amount, PayUnit(data["unit"]))


def pay_words(jobseeker: Jobseeker) -> list[str]:
    """Say the pay in all three units, and kindly when the law grants more."""
    stated = stated_pay(jobseeker)
    if stated is None:
        return []
    amounts = pay.in_every_unit(*stated)
    words = {
        unit: number_format(value, 0 if unit != PayUnit.HOUR else 2, force_grouping=True)
        for unit, value in amounts.items()
    }
    said = [
        _("€%(amount)s gross an hour") % {"amount": words[PayUnit.HOUR]},
        _("€%(amount)s gross a month, full time") % {"amount": words[PayUnit.MONTH]},
        _("€%(amount)s gross a year, full time") % {"amount": words[PayUnit.YEAR]},
    ]
    return [*said, minimum_wage_sentence(jobseeker)] if minimum_wage_sentence(jobseeker) else said


def minimum_wage_sentence(jobseeker: Jobseeker) -> str:
    """Say that the law grants more than she asks, if it does."""
    legal = pay.minimum_wage()
    if jobseeker.lowest_pay_hour is None or jobseeker.lowest_pay_hour >= legal.per_hour:
        return ""
    return _(
        "Since %(since)s the law grants at least €%(least)s gross an hour (SMIC). Your answer is kept: "
        "you may ask for more."
    ) % {"since": dates.day(legal.since), "least": number_format(legal.per_hour, 2)}


def write_about(jobseeker: Jobseeker, data: Data) -> None:
    jobseeker.about = data["about"]


LICENCES = Answer(read_licences, write_licences, licences_words)
CONTRACTS = Answer(read_contracts, write_contracts, contracts_words)
CONDITIONS = Answer(read_conditions, write_conditions, conditions_words)
PLACE = Answer(read_place, write_place, place_words)
REACH = Answer(read_reach, write_reach, reach_words)
HOURS = Answer(read_hours, write_hours, hours_words)
START = Answer(read_start, write_start, start_words)
PAY = Answer(read_pay, write_pay, pay_words)
ABOUT = Answer(lambda who: {"about": who.about}, write_about, lambda who: [who.about] if who.about else [])
