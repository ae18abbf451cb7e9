"""Ask an introduction, as whoever answers an opening or as the counter does for her."""

from django.db import transaction

from visavis.introductions import services as introductions
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.matches import services as matches
from visavis.matches.models import Opinion
from visavis.matches.pages.introducing import score_for
from visavis.people.models import User
from visavis.vacancies.models import Vacancy


def answer(*, jobseeker: Jobseeker, vacancy: Vacancy, by: User) -> Introduction:
    """Begin the introduction, and keep that she is interested. Raises what `introductions.want` raises."""
    with transaction.atomic():
        row = introductions.want(
            jobseeker=jobseeker, vacancy=vacancy, by=by, score=score_for(jobseeker, vacancy)
        )
        matches.say(jobseeker=jobseeker, vacancy=vacancy, kind=Opinion.Kind.INTERESTED, by=by)
    return row
