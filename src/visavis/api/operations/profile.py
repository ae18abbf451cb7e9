"""A jobseeker's own data, and that of the people a counsellor follows."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

from visavis.api import callers, cursors, profile_answers
from visavis.api.declaring import operation
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Answer, Id, Paging, StoredAnswer, filled
from visavis.api.shapes.people import (
    JobChange,
    JobIn,
    JobOut,
    JobsOut,
    MeOut,
    PeoplePage,
    PersonOut,
    ProfileOut,
)
from visavis.jobseekers import lookup, services
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.jobseekers.questions import QUESTIONS
from visavis.journal import services as journal
from visavis.people.enums import Capacity

router = Router(tags=["profile"])
READ, WRITE = Scope.PROFILE_READ, Scope.PROFILE_WRITE


@operation(router.get, "/me", scope=None)
def read_me(request: HttpRequest) -> MeOut:
    """Read who the token speaks for, and what it may do today."""
    caller = callers.of(request)
    user, token = caller.user, caller.token
    if token is None:
        raise Http404
    return MeOut(
        name=user.name,
        language=user.language,
        roles=sorted(user.roles),
        token=token.name,
        last_day=token.last_day,
        scopes=[scope for scope in Scope if caller.has(scope)],
    )


@operation(router.get, "/profile", scope=READ)
def read_profile(request: HttpRequest) -> ProfileOut:
    """Read one's own profile."""
    return profile_answers.profile(own(request))


@operation(router.get, "/profile/jobs", scope=READ)
def list_jobs(request: HttpRequest) -> JobsOut:
    """List the jobs one has held."""
    jobseeker = own(request)
    held = Experience.objects.filter(jobseeker=jobseeker) if jobseeker.pk else []
    return JobsOut(items=[profile_answers.job(row) for row in held])


@operation(router.post, "/profile/jobs", scope=WRITE, status=201)
def add_job(request: HttpRequest, sent: JobIn) -> Status[JobOut]:
    """Add a job one has held."""
    added = profile_answers.keep_job(own(request), None, sent, by=callers.of(request).user)
    return Status(201, added)


@operation(router.put, "/profile/jobs/{int:job_id}", scope=WRITE)
def change_job(request: HttpRequest, job_id: Id, sent: JobChange) -> JobOut:
    """Change a job one has held."""
    jobseeker = own(request)
    row = get_object_or_404(Experience, jobseeker=jobseeker.pk, pk=job_id)
    said = JobIn(**sent.model_dump(exclude={"version"}))
    return profile_answers.keep_job(jobseeker, row, said, by=callers.of(request).user, version=sent.version)


@operation(router.delete, "/profile/jobs/{int:job_id}", scope=WRITE, status=204)
def remove_job(request: HttpRequest, job_id: Id) -> HttpResponse:
    """Remove a job."""
    jobseeker = own(request)
    row = get_object_or_404(Experience, jobseeker=jobseeker.pk, pk=job_id)
    services.remove_job(jobseeker=jobseeker, job=row, by=callers.of(request).user)
    return HttpResponse(status=204)


@operation(router.get, "/people", scope=Scope.PEOPLE_READ)
def list_people(request: HttpRequest, asked: Query[Paging]) -> PeoplePage:
    """List the people one follows."""
    actor = callers.of(request).user
    people = Jobseeker.objects.acted_for_by(actor, Capacity.COUNSELLOR).followed_now()
    limit = asked.limit
    if asked.cursor:
        people = people.filter(pk__gt=cursors.number(asked.cursor))
    rows = list(people.select_related("user", "commune__department").order_by("pk")[: limit + 1])
    following = cursors.write(rows[limit - 1].pk) if len(rows) > limit else None
    return PeoplePage(items=[person(row) for row in rows[:limit]], next_cursor=following)


@operation(router.get, "/people/{int:person_id}/profile", scope=Scope.PEOPLE_READ)
def read_person_profile(request: HttpRequest, person_id: Id) -> ProfileOut:
    """Read the profile of a person one follows; that is in the journal."""
    actor = callers.of(request).user
    people = Jobseeker.objects.acted_for_by(actor, Capacity.COUNSELLOR)
    jobseeker = get_object_or_404(people.select_related("user", "commune__department"), pk=person_id)
    journal.read("profile", jobseeker.pk, by=actor.pk, person_id=jobseeker.user_id)
    return profile_answers.profile(jobseeker)


def own(request: HttpRequest) -> Jobseeker:
    """Return one's own profile, empty and not in the database before the first answer."""
    return services.profile_of(callers.of(request).user)


def person(jobseeker: Jobseeker) -> PersonOut:
    return filled(
        PersonOut,
        jobseeker,
        name=jobseeker.user.name,
        place=lookup.place_words(jobseeker.commune) if jobseeker.commune else "",
        answered=len(jobseeker.answered),
        questions=len(QUESTIONS),
    )


def put_answer(slug: str, kind: type[Answer]) -> None:
    """Make the operation that keeps the answer to one question."""

    def keep(request: HttpRequest, sent: Answer) -> StoredAnswer:
        return profile_answers.keep(slug, own(request), sent, by=callers.of(request).user)

    keep.__annotations__["sent"] = kind
    keep.__name__ = f"answer_{slug}"
    operation(router.put, f"/profile/answers/{slug}", scope=WRITE)(keep)


for slug, kind in profile_answers.KINDS.items():
    put_answer(slug, kind)
