"""Our own vacancies for the whole web: schema.org JobPosting. Pure: a vacancy in, a dictionary out.

Text for machines that is not the employer's is written in the active language. Nobody's name, phone
number or e-mail goes out: who wants the work signs in, and is introduced.
"""

import datetime as dt
import json
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from visavis.catalog.enums import ContractKind, EducationLevel, Licence, OwnVehicle
from visavis.ui.templatetags.ui import months as months_words
from visavis.vacancies import facts
from visavis.vacancies.ads.facts import FULL_TIME_HOURS
from visavis.vacancies.models import Vacancy
from visavis.vacancies.words.contact import without_contact

type Posting = dict[str, Any]

# What the vocabulary says of a contract, and the word by which it is known in France.
KINDS: dict[str, list[str]] = {
    ContractKind.PERMANENT: ["CDI"],
    ContractKind.FIXED_TERM: ["TEMPORARY", "CDD"],
    ContractKind.TEMPORARY: ["TEMPORARY", "Intérim"],
    ContractKind.SEASONAL: ["TEMPORARY", "Saisonnier"],
    ContractKind.APPRENTICESHIP: ["Apprentissage"],
    ContractKind.SELF_EMPLOYED: ["CONTRACTOR", "Indépendant"],
    ContractKind.OTHER: ["OTHER"],
}
CREDENTIALS: dict[int, str] = {
    EducationLevel.LOWER_SECONDARY: "brevet",
    EducationLevel.VOCATIONAL: "professional certificate",
    EducationLevel.BACCALAUREATE: "high school",
    EducationLevel.TWO_YEARS: "associate degree",
    EducationLevel.BACHELOR: "bachelor degree",
    EducationLevel.MASTER: "postgraduate degree",
    EducationLevel.DOCTORATE: "postgraduate degree, doctorat",
}
NO_REQUIREMENT = "no requirements"
NOT_DRIVING = frozenset(code for code in Licence if code.startswith(("caces", "fimo")))
# Data inside a page: no sign of it can end the script or begin a tag.
FOR_A_PAGE = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def job_posting(vacancy: Vacancy, *, url: str) -> Posting:
    """Return the JobPosting of one vacancy; what is not known is left out."""
    posting = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": vacancy.title,
        "description": description(vacancy),
        "identifier": {"@type": "PropertyValue", "name": "visavis", "value": str(vacancy.pk)},
        "url": url,
        "datePosted": vacancy.published_at.isoformat() if vacancy.published_at else "",
        "validThrough": end_of(vacancy.closes_on),
        "jobStartDate": vacancy.starts_on.isoformat() if vacancy.starts_on else "",
        "employmentType": employment_type(vacancy),
        "hiringOrganization": organisation(vacancy),
        **places(vacancy),
        "baseSalary": salary(vacancy),
        "totalJobOpenings": vacancy.positions,
        **requirements(vacancy),
        "workHours": ", ".join(filter(None, [facts.hours_told(vacancy), *facts.conditions(vacancy)])),
        "occupationalCategory": category(vacancy),
        "specialCommitments": _("The work can be adapted to a person with a disability.")
        if vacancy.is_open_to_disability
        else "",
        # Who wants it signs in and is introduced: the address does not take an application by itself.
        "directApply": False,
    }
    return {key: value for key, value in posting.items() if value not in ("", None, [], {})}


def as_script(posting: Posting) -> SafeString:
    """Return the posting for a `<script type="application/ld+json">`."""
    # Safe: <, > and & are written as \\u escapes, so that nothing can end the script.
    return SafeString(json.dumps(posting, ensure_ascii=False).translate(FOR_A_PAGE))  # nosec B703


def plain_description(vacancy: Vacancy) -> str:
    """Return the words of the employer without whom to call; else the facts as sentences."""
    if said := without_contact(vacancy.description).strip():
        return said
    return "\n".join(
        _("%(label)s: %(words)s") % {"label": line.label, "words": line.value}
        for line in facts.about(vacancy)
    )


def description(vacancy: Vacancy) -> str:
    """Return HTML: the vocabulary's readers show it as such, so all that was typed is escaped."""
    paragraphs = plain_description(vacancy).split("\n\n")
    return "".join(
        f"<p>{escape(part.strip()).replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip()
    )


def end_of(day: dt.date | None) -> str:
    if day is None:
        return ""
    return dt.datetime.combine(day, dt.time(23, 59, 59), timezone.get_default_timezone()).isoformat()


def employment_type(vacancy: Vacancy) -> list[str]:
    kinds = KINDS.get(vacancy.contract, [])
    least, most = vacancy.hours_min, vacancy.hours_max
    if most is not None and most < FULL_TIME_HOURS:
        return ["PART_TIME", *kinds]
    if least is not None and least >= FULL_TIME_HOURS:
        return ["FULL_TIME", *kinds]
    return kinds


def organisation(vacancy: Vacancy) -> dict[str, Any]:
    employer = vacancy.employer
    if employer is None:
        return {}
    found: dict[str, Any] = {"@type": "Organization", "name": employer.name}
    if employer.siret:
        found["identifier"] = {"@type": "PropertyValue", "propertyID": "SIRET", "value": employer.siret}
    if employer.about:
        found["description"] = without_contact(employer.about)
    return found


def places(vacancy: Vacancy) -> dict[str, Any]:
    """Say where; work from home says from which country instead, or as well."""
    found: dict[str, Any] = {}
    if vacancy.is_remote:
        found["jobLocationType"] = "TELECOMMUTE"
        found["applicantLocationRequirements"] = {"@type": "Country", "name": "France"}
    town, department = vacancy.commune, vacancy.department
    area = town.department if town else department
    if not (town or area or vacancy.place_text):
        return found
    address = {"@type": "PostalAddress", "addressCountry": "FR"}
    if town:
        address["addressLocality"] = town.name
        postcodes = [postcode.code for postcode in town.postcodes.all()]
        if len(postcodes) == 1:
            address["postalCode"] = postcodes[0]
    elif vacancy.place_text:
        address["addressLocality"] = vacancy.place_text
    if area:
        address["addressRegion"] = area.name
    place: dict[str, Any] = {"@type": "Place", "address": address}
    if town and vacancy.latitude is not None and vacancy.longitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates", "latitude": vacancy.latitude, "longitude": vacancy.longitude
        }  # fmt: skip
    return {**found, "jobLocation": place}


def salary(vacancy: Vacancy) -> dict[str, Any]:
    """Say the gross pay as the employer typed it, else per hour."""
    said = vacancy.pay_said or {}
    low, high = (float(said[name]) if said.get(name) else None for name in ("low", "high"))
    period = str(said.get("period", "hour"))
    if low is None and high is None:
        bounds = (vacancy.pay_min_hour, vacancy.pay_max_hour)
        low, high = (None if bound is None else float(bound) for bound in bounds)
        period = "hour"
    if low is None and high is None:
        return {}
    low, high = (high if low is None else low), (low if high is None else high)
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": period.upper()}
    value |= {"value": low} if low == high else {"minValue": low, "maxValue": high}
    return {"@type": "MonetaryAmount", "currency": "EUR", "value": value}


def requirements(vacancy: Vacancy) -> dict[str, Any]:
    wished = facts.skills(vacancy, is_essential=False)
    return {
        "educationRequirements": education(vacancy),
        "experienceRequirements": experience(vacancy),
        "skills": [*facts.skills(vacancy, is_essential=True), *wished],
        "qualifications": ". ".join([*licences(vacancy), *facts.languages(vacancy)]),
    }


def plus(what: str) -> str:
    return _("%(what)s would be a plus") % {"what": what}


def education(vacancy: Vacancy) -> Any:
    level = vacancy.education_level
    if level is None:
        return ""
    if level == EducationLevel.NONE:
        return NO_REQUIREMENT
    label = str(EducationLevel(level).label)
    return {
        "@type": "EducationalOccupationalCredential",
        "credentialCategory": CREDENTIALS[level],
        "name": label if vacancy.education_is_required else plus(label),
    }


def experience(vacancy: Vacancy) -> Any:
    months = vacancy.experience_months
    if months is None:
        return ""
    if not months:
        return NO_REQUIREMENT
    if not vacancy.experience_is_required:
        return plus(str(months_words(months)))
    return {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": months}


def licences(vacancy: Vacancy) -> list[str]:
    needed = [licence(code) for code in vacancy.licences]
    wished = [plus(licence(code)) for code in vacancy.licences_wished]
    vehicle = _("A vehicle of one’s own")
    if vacancy.own_vehicle == OwnVehicle.REQUIRED:
        needed.append(vehicle)
    elif vacancy.own_vehicle == OwnVehicle.WISHED:
        wished.append(plus(vehicle))
    return needed + wished


def licence(code: str) -> str:
    if code in NOT_DRIVING:
        return str(Licence(code).label)
    return _("Driving licence %(code)s") % {"code": code}


def category(vacancy: Vacancy) -> dict[str, Any]:
    """Name the occupation by its ROME code."""
    occupation = vacancy.occupation
    if occupation is None:
        return {}
    return {
        "@type": "CategoryCode",
        "codeValue": occupation.pk,
        "name": occupation.label,
        "inCodeSet": {"@type": "CategoryCodeSet", "name": "ROME"},
    }
