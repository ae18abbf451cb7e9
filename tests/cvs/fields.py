"""CVs that are files of fields: JSON Resume and both generations of Europass."""

import json
from xml.sax.saxutils import escape

from tests.cvs.truth import Cv, Month


def iso(when: Month) -> str:
    return f"{when[0]}-{when[1]:02d}" if when[1] else str(when[0])


def json_resume(cv: Cv) -> bytes:
    work = [
        {"name": job.employer, "position": job.title, "location": job.town, "startDate": iso(job.start)}
        | ({"endDate": iso(job.end)} if job.end else {})
        for job in cv.jobs
    ]
    resume = {
        "basics": {
            "name": cv.name, "email": cv.email, "phone": cv.phone, "summary": cv.about,
            "location": {"address": cv.street, "postalCode": cv.postcode, "city": cv.town, "countryCode": "FR"},
        },
        "work": work,
        "education": [
            {"institution": study.school, "studyType": study.name, "endDate": str(study.year)} for study in cv.studies
        ],
        "skills": [{"name": skill} for skill in cv.skills]
        + ([{"name": "Permis", "keywords": [cv.licence_words]}] if cv.licence_words else []),
        "languages": [{"language": one.name, "fluency": one.said} for one in cv.spoken],
        "interests": [{"name": cv.interests}],
    }  # fmt: skip
    return json.dumps(resume, ensure_ascii=False, indent=2).encode()


def old_date(tag: str, when: Month | None) -> str:
    if when is None:
        return ""
    month = f' month="--{when[1]:02d}"' if when[1] else ""
    return f'<{tag} year="{when[0]}"{month}/>'


def europass_old(cv: Cv) -> bytes:
    """As Europass wrote CVs until 2020: SkillsPassport."""
    jobs = "".join(
        f"<WorkExperience><Period>{old_date('From', job.start)}{old_date('To', job.end)}"
        f"<Current>{'false' if job.end else 'true'}</Current></Period><Position>"
        f"<Label>{escape(job.title)}</Label></Position>"
        f"<Employer><Name>{escape(job.employer)}</Name></Employer></WorkExperience>"
        for job in cv.jobs
    )
    studies = "".join(
        f"<Education><Period>{old_date('To', (study.year, 0))}</Period><Title>{escape(study.name)}</Title>"
        f"<Organisation><Name>{escape(study.school)}</Name></Organisation></Education>"
        for study in cv.studies
    )
    native = "".join(
        f"<MotherTongue><Description><Code>{one.code}</Code><Label>{one.name}</Label>"
        "</Description></MotherTongue>"
        for one in cv.spoken
        if one.level == 6
    )
    foreign = "".join(
        f"<ForeignLanguage><Description><Code>{one.code}</Code></Description><ProficiencyLevel>"
        f"<Listening>{code}</Listening><SpokenInteraction>{code}</SpokenInteraction>"
        "</ProficiencyLevel></ForeignLanguage>"
        for one in cv.spoken
        if one.level < 6
        for code in ["ABC"[(one.level - 1) // 2] + str((one.level - 1) % 2 + 1)]
    )
    driving = "".join(f"<Licence>{code}</Licence>" for code in cv.licences if "_" not in code)
    skills = "".join(
        f"<JobRelated><Description>{escape(skill)}</Description></JobRelated>" for skill in cv.skills
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass">'
        "<LearnerInfo>"
        f"<Identification><PersonName><FirstName>{cv.name.split()[0]}</FirstName>"
        "</PersonName><ContactInfo><Address><Contact>"
        f"<AddressLine>{cv.street}</AddressLine><PostalCode>{cv.postcode}</PostalCode>"
        f"<Municipality>{cv.town}</Municipality></Contact></Address>"
        f"<Email><Contact>{cv.email}</Contact></Email></ContactInfo></Identification>"
        f"<Headline><Description><Label>{escape(cv.about)}</Label></Description></Headline>\n"
        f"<WorkExperienceList>{jobs}</WorkExperienceList>\n<EducationList>"
        f"{studies}</EducationList>\n<Skills><Linguistic>{native}{foreign}</Linguistic>"
        f"{skills}<Driving><Description>{driving}</Description></Driving>"
        "</Skills></LearnerInfo></SkillsPassport>"
    ).encode()


def europass_new(cv: Cv) -> bytes:
    """As Europass writes CVs since 2020: Candidate."""
    jobs = "".join(
        f"<EmployerHistory><OrganizationName>{escape(job.employer)}</OrganizationName><PositionHistory>"
        f"<PositionTitle>{escape(job.title)}</PositionTitle><EmploymentPeriod>"
        f"<StartDate><FormattedDateTime>{iso(job.start)}</FormattedDateTime>"
        "</StartDate>"
        + (f"<EndDate><FormattedDateTime>{iso(job.end)}</FormattedDateTime></EndDate>" if job.end else "")
        + f"<CurrentIndicator>{'false' if job.end else 'true'}</CurrentIndicator>"
        "</EmploymentPeriod></PositionHistory></EmployerHistory>"
        for job in cv.jobs
    )
    studies = "".join(
        f"<EducationOrganizationAttendance><OrganizationName>{escape(study.school)}</OrganizationName>"
        "<AttendancePeriod><EndDate>"
        f"<FormattedDateTime>{study.year}-06-30</FormattedDateTime></EndDate>"
        f"</AttendancePeriod><EducationDegree><DegreeName>{escape(study.name)}</DegreeName>"
        "</EducationDegree></EducationOrganizationAttendance>"
        for study in cv.studies
    )
    spoken = "".join(
        f'<PersonCompetency><CompetencyID schemeName="language">{one.name}</CompetencyID>'
        "<TaxonomyID>language</TaxonomyID><CompetencyDimension>"
        "<CompetencyDimensionTypeCode>CEF-Understanding-Listening</CompetencyDimensionTypeCode>"
        f"<Score><ScoreText>{code}</ScoreText></Score></CompetencyDimension>"
        "</PersonCompetency>"
        for one in cv.spoken
        for code in ["ABC"[(one.level - 1) // 2] + str((one.level - 1) % 2 + 1)]
    )
    skills = "".join(
        f"<PersonCompetency><CompetencyName>{escape(skill)}</CompetencyName></PersonCompetency>"
        for skill in cv.skills
    )
    licences = "".join(
        f"<License><LicenseTypeCode>{code}</LicenseTypeCode></License>"
        for code in cv.licences
        if "_" not in code
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Candidate xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3">'
        "<CandidatePerson><PersonName>"
        f"<FormattedName>{cv.name}</FormattedName></PersonName><Communication>"
        f"<Address><AddressLine>{cv.street}</AddressLine><CityName>{cv.town}</CityName>"
        f"<PostalCode>{cv.postcode}</PostalCode></Address></Communication>"
        f"</CandidatePerson><CandidateProfile>\n<ExecutiveSummary>{escape(cv.about)}</ExecutiveSummary>"
        f"<EmploymentHistory>{jobs}</EmploymentHistory>\n<EducationHistory>"
        f"{studies}</EducationHistory>\n{spoken}{skills}<Licenses>{licences}</Licenses>"
        "</CandidateProfile></Candidate>"
    ).encode()
