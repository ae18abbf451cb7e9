"""By which entrance a file may come: whose it will be, who sends it, and for which request alone."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from visavis.documents import telling
from visavis.documents.arriving import phone
from visavis.documents.models import Expected, Partial
from visavis.documents.models.expected import HANDLING
from visavis.news.models import Envelope
from visavis.news.post.views.by_code import is_opened
from visavis.people.acting import people_of
from visavis.people.enums import Role
from visavis.people.models import User


@dataclass(frozen=True)
class Entrance:
    """One way in: the files that began to come by it go on by it, and by no other."""

    person: User
    by: User | None = None
    name: str = ""
    expected: Expected | None = None

    def partials(self) -> QuerySet[Partial]:
        """Return what is on its way by this entrance."""
        return Partial.objects.filter(person=self.person, by=self.by, entrance=self.name)


def hers(request: HttpRequest) -> Entrance:
    """Let a jobseeker in to her own box, else 404."""
    if not isinstance(request.user, User) or not request.user.has_role(Role.JOBSEEKER):
        raise Http404
    return Entrance(request.user, request.user)


def for_person(request: HttpRequest, user_id: int) -> Entrance:
    """Let in to a person's box who handles her documents, else 404."""
    actor = request.user
    if not isinstance(actor, User):
        raise Http404
    others = User.objects.exclude(pk=actor.pk)
    return Entrance(get_object_or_404(others, pk=user_id, pk__in=people_of(actor, *HANDLING)), actor)


def by_letter(request: HttpRequest, envelope_id: int) -> Entrance:
    """Let in who typed the code of the letter that asks for a document, in this browser: for that request alone."""
    if not is_opened(request, envelope_id):
        raise Http404
    opening = Envelope.objects.opening().filter(news__thing=telling.EXPECTED).select_related("news__user")
    news = get_object_or_404(opening, pk=envelope_id).news
    expected = get_object_or_404(Expected, pk=news.thing_id, person=news.user_id, ended_at__isnull=True)
    return Entrance(news.user, None, f"letter-{envelope_id}", expected)


def by_phone(request: HttpRequest, expected_id: int) -> Entrance:
    """Let in the phone that took the link of a request, for an hour: for that request alone."""
    if not phone.is_taken(request, expected_id):
        raise Http404
    rows = Expected.objects.filter(ended_at__isnull=True).select_related("person")
    expected = get_object_or_404(rows, pk=expected_id)
    return Entrance(expected.person, None, f"phone-{expected_id}", expected)
