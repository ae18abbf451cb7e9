"""A profile that somebody has open: whose it is, who reads it, and the addresses of its pages."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse

from visavis.jobseekers import permissions, services
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.people.models import User


@dataclass(frozen=True)
class Opened:
    """The same pages serve her (`profile/…`) and her counsellor (`people/<id>/profile/…`)."""

    jobseeker: Jobseeker
    by: User
    is_hers: bool

    def url(self, page: str, **arguments: str | int) -> str:
        if self.is_hers:
            return reverse(f"jobseekers:{page}", kwargs=arguments)
        return reverse(f"jobseekers:person_{page}", kwargs=arguments | {"jobseeker_id": self.jobseeker.pk})

    @property
    def person_url(self) -> str:
        return reverse("jobseekers:person", kwargs={"jobseeker_id": self.jobseeker.pk})

    @property
    def name(self) -> str:
        """Return the name to show to somebody else than herself."""
        return "" if self.is_hers else self.jobseeker.user.name


def profile(request: HttpRequest, jobseeker_id: int | None) -> Opened:
    """Open her own profile, or somebody's whom the reader accompanies, and journal that reading; else 404."""
    actor = request.user
    if not isinstance(actor, User):
        raise Http404
    if jobseeker_id is None:
        return own(actor)
    jobseeker = visible(actor, jobseeker_id)
    may = permissions.can_change_profile if request.method == "POST" else permissions.can_read_profile
    if jobseeker.user_id == actor.pk or not may(actor, jobseeker):
        raise Http404
    if request.method != "POST":
        journal.read("profile", jobseeker.pk, by=actor.pk, person_id=jobseeker.user_id)
    return Opened(jobseeker, actor, is_hers=False)


def own(actor: User) -> Opened:
    jobseeker = services.profile_of(actor)
    if jobseeker.pk is None and not permissions.can_have_profile(actor):
        raise Http404
    return Opened(jobseeker, actor, is_hers=True)


def visible(actor: User, jobseeker_id: int) -> Jobseeker:
    """Return a file that the actor may see at least the head of, or 404."""
    people = Jobseeker.objects.visible_to(actor).select_related(
        "user", "commune__department", "agency", "counsellor"
    )
    found = people.with_presence().filter(pk=jobseeker_id).first()
    if found is None:
        raise Http404
    return found
