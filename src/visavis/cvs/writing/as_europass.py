"""Europass CV: the `Candidate` document that the Europass portal gives and takes (version 4 of the format).

Each section is one `EmployerHistory` per job, one `EducationOrganizationAttendance` per diploma, one
`eures:License` per licence, one `PersonCompetency` per language or skill. The portal shows only the
sections that `SectionsOrder` names, takes no phone without its country's dialling code, and no file
without `PersonName`: a CV without a name has an empty one.
"""

from xml.etree import ElementTree as ET

import phonenumbers
from django.utils.translation import gettext as _

from visavis.catalog.enums import SpokenLanguage
from visavis.cvs.writing import words
from visavis.cvs.writing.facts import Diploma, Facts, Identity, Job, Month, Spoken

EUROPASS, EURES = "http://www.europass.eu/1.0", "http://www.europass_eures.eu/1.0"
HR, OA = "http://www.hr-xml.org/3", "http://www.openapplications.org/oagis/9"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SPACES = {"": EUROPASS, "eures": EURES, "hr": HR, "oa": OA}

DIMENSIONS = (
    "CEF-Understanding-Listening",
    "CEF-Understanding-Reading",
    "CEF-Speaking-Interaction",
    "CEF-Speaking-Production",
    "CEF-Writing-Production",
)
# ISO 639-1 to 639-2/T, as the format has it; what is not here is written in words.
CODES = """
fr:fra en:eng de:deu es:spa it:ita pt:por nl:nld pl:pol ro:ron uk:ukr ru:rus tr:tur ar:ara fa:fas ps:pus bn:ben
ta:tam vi:vie zh:zho wo:wol sw:swa sq:sqi so:som ti:tir ka:kat hy:hye ku:kur bg:bul sr:srp hi:hin ur:urd ln:lin
bm:bam ht:hat ja:jpn ko:kor
"""
THREE_LETTERS = dict(pair.split(":") for pair in CODES.split())


def document(facts: Facts) -> bytes:
    """Write the whole document."""
    for prefix, space in {**SPACES, "xsi": XSI}.items():
        ET.register_namespace(prefix, space)
    root = ET.Element(named("Candidate"), {f"{{{XSI}}}schemaLocation": f"{EUROPASS} Candidate.xsd"})
    scheme = {"schemeAgencyName": "EUROPASS", "schemeName": "DocumentIdentifier", "schemeVersionID": "4.0"}
    add(root, "hr:DocumentID", schemeID="visavis", **scheme)
    supplier(root, facts.identity)
    person(root, facts.identity)
    profile(add(root, "CandidateProfile", languageCode=facts.language), facts)
    order(root, facts)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="UTF-8", xml_declaration=True))


def named(name: str) -> str:
    """Return `prefix:Name` as the tree wants it."""
    prefix, _colon, local = name.rpartition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def add(parent: ET.Element, path: str, text: str = "", **attributes: str) -> ET.Element:
    """Add an element, in others when the path has several; return the innermost."""
    for name in path.split("/"):
        parent = ET.SubElement(parent, named(name))
    parent.attrib.update(attributes)
    parent.text = text or None
    return parent


def supplier(root: ET.Element, identity: Identity | None) -> None:
    """Say who gives the document: the person herself."""
    given = add(root, "CandidateSupplier")
    scheme = {"schemeAgencyName": "EUROPASS", "schemeName": "PartyID", "schemeVersionID": "1.0"}
    add(given, "hr:PartyID", schemeID="visavis", **scheme)
    add(given, "hr:PartyName", "Owner")
    contact = add(given, "PersonContact")
    name(contact, identity)
    email(contact, identity)
    add(given, "hr:PrecedenceCode", "1")


def name(parent: ET.Element, identity: Identity | None) -> None:
    first, _space, last = (identity.name if identity else "").partition(" ")
    holder = add(parent, "PersonName")
    add(holder, "oa:GivenName", first)
    add(holder, "hr:FamilyName", last)


def email(parent: ET.Element, identity: Identity | None) -> None:
    if identity and identity.email:
        way = add(parent, "Communication")
        add(way, "ChannelCode", "Email")
        add(way, "oa:URI", identity.email)


def person(root: ET.Element, identity: Identity | None) -> None:
    holder = add(root, "CandidatePerson")
    name(holder, identity)
    email(holder, identity)
    if identity and identity.phone:
        phone(holder, identity.phone)
    if identity and identity.town:
        way = add(holder, "Communication")
        add(way, "UseCode", "home")
        address = add(way, "Address", type="home")
        add(address, "oa:CityName", identity.town)
        add(address, "CountryCode", "fr")


def phone(parent: ET.Element, value: str) -> None:
    try:
        number = phonenumbers.parse(value, "FR")
    except phonenumbers.NumberParseException:
        return
    way = add(parent, "Communication")
    add(way, "ChannelCode", "Telephone")
    add(way, "UseCode", "mobile")
    add(way, "CountryDialing", str(number.country_code))
    add(way, "oa:DialNumber", str(number.national_number))
    add(way, "CountryCode", str(phonenumbers.region_code_for_number(number) or "fr").lower())


def profile(parent: ET.Element, facts: Facts) -> None:
    if facts.own_words:
        add(parent, "hr:ExecutiveSummary", html(facts.own_words.splitlines()))
    history = add(parent, "EmploymentHistory")
    for job in facts.jobs:
        employment(history, job)
    studies = add(parent, "EducationHistory")
    for diploma in facts.diplomas:
        attendance(studies, diploma)
    licences = add(parent, "eures:Licenses")
    for held in facts.licences:
        if held.code in words.DRIVING:
            add(licences, "eures:License/hr:LicenseTypeCode", held.code)
    qualifications = add(parent, "PersonQualifications")
    for spoken in facts.languages:
        language(qualifications, spoken)
    skills(parent, facts)
    ours(parent, facts)


def ours(parent: ET.Element, facts: Facts) -> None:
    """Write in sections of ours what the format has no place for."""
    for wanted in facts.wanted:
        other(parent, _("Wanted work"), wanted)
    for held in facts.licences:
        if held.code not in words.DRIVING:
            other(parent, _("Licences"), held.label)
    for label, said in facts.terms:
        other(parent, _("Availability"), label, said)
    if facts.department and not facts.identity:
        other(parent, _("Availability"), _("Department"), facts.department)


def other(parent: ET.Element, section: str, title: str, description: str = "") -> None:
    """Add one entry of a section of ours: the portal merges the sections that bear the same title."""
    holder = add(parent, "Others")
    add(holder, "Title", section)
    entry = add(holder, "Other")
    add(entry, "Title", title)
    if description:
        add(entry, "Description", html([description]))


def html(lines: list[str]) -> str:
    """Write paragraphs: the format keeps HTML as escaped text, so what people typed is escaped twice."""
    return "".join(f"<p>{escaped(line)}</p>" for line in lines if line)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def period(parent: ET.Element, start: Month | None, end: Month | None, prefix: str = "eures:") -> None:
    for label, when in (("StartDate", start), ("EndDate", end)):
        if when:
            add(parent, f"{prefix}{label}/hr:FormattedDateTime", when.iso)


def employment(parent: ET.Element, job: Job) -> None:
    employer = add(parent, "EmployerHistory")
    add(employer, "hr:OrganizationName", job.employer)
    position = add(employer, "PositionHistory")
    add(position, "PositionTitle", job.title, typeCode="FREETEXT")
    when = add(position, "eures:EmploymentPeriod")
    period(when, job.starts, job.ends)
    add(when, "hr:CurrentIndicator", "true" if job.is_current else "false")
    if job.length and not (job.starts and (job.ends or job.is_current)):
        add(position, "oa:Description", html([job.length]))


def attendance(parent: ET.Element, diploma: Diploma) -> None:
    studied = add(parent, "EducationOrganizationAttendance")
    add(studied, "hr:OrganizationName")
    when = add(studied, "AttendancePeriod")
    period(when, None, Month(diploma.year) if diploma.year else None, prefix="")
    add(when, "Ongoing", "false")
    add(studied, "EducationDegree/hr:DegreeName", diploma.name)
    if diploma.level:
        add(studied, "EducationLevelCode", str(diploma.level))


def language(parent: ET.Element, spoken: Spoken) -> None:
    competency = add(parent, "PersonCompetency")
    code = THREE_LETTERS.get(spoken.code, "")
    scheme = "NORMAL" if code else "FREE_TEXT"
    add(competency, "CompetencyID", code or str(SpokenLanguage(spoken.code).label), schemeName=scheme)
    add(competency, "hr:TaxonomyID", "language")
    for dimension in DIMENSIONS:
        asked = add(competency, "eures:CompetencyDimension")
        add(asked, "hr:CompetencyDimensionTypeCode", dimension)
        add(asked, "eures:Score/hr:ScoreText", spoken.level.name)


def skills(parent: ET.Element, facts: Facts) -> None:
    """Write a group for each level, the best first; the format has no level of its own for a skill."""
    holder = add(parent, "Skills")
    for code in (*words.LEVELS, None):
        labels = dict.fromkeys(one.label for one in facts.skills if one.level == code)
        if labels:
            group = add(holder, "SkillsGroup")
            add(group, "Title", words.level(code) or _("Skills"))
            for label in labels:
                competency = add(group, "PersonCompetency")
                add(competency, "hr:TaxonomyID", "Digital_Skill")
                add(competency, "hr:CompetencyName", label)


def order(root: ET.Element, facts: Facts) -> None:
    """Name the sections that hold something: the portal hides the others."""
    filled = {
        "about-me": bool(facts.own_words),
        "work-experience": bool(facts.jobs),
        "education-training": bool(facts.diplomas),
        "language": bool(facts.languages),
        "profile-skills": bool(facts.skills),
        "driving-licence": any(held.code in words.DRIVING for held in facts.licences),
    }
    sections = add(root, "RenderingInformation/Design/SectionsOrder")
    for title, is_filled in filled.items():
        if is_filled:
            add(sections, "Section/Title", title)
