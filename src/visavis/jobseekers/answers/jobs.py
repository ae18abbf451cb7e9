"""The jobs she has held: dates in whole or in part, and what they make in months."""

import datetime as dt

from django.utils.translation import gettext as _

from visavis.common import clock
from visavis.jobseekers.answers.answer import Answer, Data, rows
from visavis.jobseekers.answers.plain import said_nothing
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.ui.dates import elided, month
from visavis.ui.templatetags.ui import months as months_words

SUMMER = 7


def jobs(jobseeker: Jobseeker) -> list[Experience]:
    return rows(jobseeker, "experiences", "occupation")


def read_job(job: Experience | None) -> Data:
    """Return one job as its form takes it."""
    if job is None:
        return {}
    start, end = job.starts_on, job.ends_on
    length = job.months if not (start and (end or job.is_current)) else None
    return {
        "title": job.title,
        "code": job.occupation_id or "",
        "employer": job.employer,
        "start_month": str(start.month) if start and not job.starts_in_year_only else "",
        "start_year": start.year if start else "",
        "is_current": job.is_current,
        "end_month": str(end.month) if end and not job.ends_in_year_only else "",
        "end_year": end.year if end else "",
        "years": length // 12 if length else "",
        "months": length % 12 if length else "",
    }


def write_job(job: Experience, data: Data) -> None:
    """Fill the row; the caller saves it."""
    start_month, end_month = int(data["start_month"] or 0), int(data["end_month"] or 0)
    start, end = data["start_year"], data["end_year"]
    job.title, job.employer = data["title"], (data["employer"] or "").strip()
    job.occupation_id = data["occupation"] or None
    job.is_current = bool(data["is_current"])
    job.starts_on = dt.date(int(start), start_month or 1, 1) if start is not None else None
    job.ends_on = last_day(int(end), end_month or 12) if end is not None else None
    job.starts_in_year_only = start is not None and not start_month
    job.ends_in_year_only = end is not None and not end_month
    given = int(data["years"] or 0) * 12 + int(data["months"] or 0)
    counted = months_of(job, clock.today())
    job.months = counted if counted is not None else (given or None)


def last_day(year: int, month: int) -> dt.date:
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def months_of(job: Experience, today: dt.date) -> int | None:
    """Count the months from the dates; a year alone counts from or to its middle.

    The last month of a job that ended counts; of one still held, the month that runs is not over yet.
    """
    end = today if job.is_current else job.ends_on
    if job.starts_on is None or end is None:
        return None
    start_month = SUMMER if job.starts_in_year_only else job.starts_on.month
    end_month = SUMMER - 1 if job.ends_in_year_only and not job.is_current else end.month - job.is_current
    counted = (end.year - job.starts_on.year) * 12 + end_month - start_month + 1
    return counted if counted > 0 else SUMMER - 1 if job.starts_in_year_only or job.ends_in_year_only else 1


def job_dates(job: Experience) -> str:
    """Say when, as far as she said it."""
    start = when(job.starts_on, in_year_only=job.starts_in_year_only)
    end = when(job.ends_on, in_year_only=job.ends_in_year_only)
    if job.is_current:
        return _("since %(start)s") % {"start": start} if start else _("still there")
    if start and end:
        return start if start == end else elided(_("%(start)s to %(end)s") % {"start": start, "end": end})
    if start or end:
        return elided(_("from %(start)s") % {"start": start}) if start else _("until %(end)s") % {"end": end}
    return ""


def when(day: dt.date | None, *, in_year_only: bool) -> str:
    if day is None:
        return ""
    return str(day.year) if in_year_only else month(day)


def job_words(job: Experience) -> str:
    """Say one job on a line."""
    return ", ".join(part for part in (job.title, job_details(job)) if part)


def job_details(job: Experience) -> str:
    """Say where, when and how long."""
    parts = [job.employer, job_dates(job), months_words(job.months) if job.months else ""]
    return ", ".join(part for part in parts if part)


def read_experience(jobseeker: Jobseeker) -> Data:
    held = jobs(jobseeker)
    return {
        "jobs": [read_job(job) for job in held],
        "nothing": not held and said_nothing(jobseeker, "experience"),
    }


def experience_words(jobseeker: Jobseeker) -> list[str]:
    said = [job_words(job) for job in jobs(jobseeker)]
    return said or ([_("I have not worked yet")] if said_nothing(jobseeker, "experience") else [])


def write_experience(jobseeker: Jobseeker, data: Data) -> None:
    """Write nothing: each job is saved on its own page, and "none" stands among what she answered."""


EXPERIENCE = Answer(read_experience, write_experience, experience_words)
