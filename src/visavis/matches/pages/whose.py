"""Whose list a page shows: one's own, or that of a person one follows."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.matches import permissions
from visavis.people.models import User


@dataclass(frozen=True)
class Whose:
    """A jobseeker and the addresses of her pages, as the reader reaches them."""

    jobseeker: Jobseeker
    is_own: bool

    def url(self, page: str, vacancy_id: int | None = None) -> str:
        arguments = {} if vacancy_id is None else {"vacancy_id": vacancy_id}
        if self.is_own:
            return reverse(f"matches:{page}", kwargs=arguments)
        return reverse(f"matches:{page}_of", kwargs={"jobseeker_id": self.jobseeker.pk, **arguments})


def actor_of(request: HttpRequest) -> User:
    """Return who is signed in; every page here asks for it."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def whose(request: HttpRequest, jobseeker_id: int | None) -> Whose:
    """Return whose list it is, or 404; reading another person's list is in the journal."""
    actor = actor_of(request)
    people = permissions.people_with_openings(actor).select_related("user", "commune")
    if jobseeker_id is None:
        return Whose(get_object_or_404(people, user=actor), is_own=True)
    jobseeker = get_object_or_404(people, pk=jobseeker_id)
    is_own = jobseeker.user_id == actor.pk
    if not is_own:
        journal.read("openings", jobseeker.pk, by=actor.pk, person_id=jobseeker.user_id)
    return Whose(jobseeker, is_own=is_own)
