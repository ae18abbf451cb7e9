"""Whom to tell of an introduction, for each side."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from visavis.introductions.enums import NewsKind, Side
from visavis.introductions.models import Introduction
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import Membership, User

ROLES = {
    Side.JOBSEEKER: Role.JOBSEEKER,
    Side.EMPLOYER: Role.EMPLOYER,
    Side.COUNSELLOR: Role.COUNSELLOR,
}


def tell(introduction: Introduction, kind: NewsKind, sides: Iterable[Side], but: User | None = None) -> None:
    """Give a piece of news to one side or more; who acted is not told what she did."""
    for side in sides:
        for user in people_of(introduction, side):
            if but is None or user.pk != but.pk:
                news.tell(user=user, role=ROLES[side], kind=kind, subject=subject_of(introduction))


def reached(introduction: Introduction) -> list[Side]:
    """Return the employer's side, when the introduction has reached it."""
    return [Side.EMPLOYER] if introduction.has_reached_employer else []


def told_of(
    introduction: Introduction, kind: NewsKind, since: dt.datetime | None
) -> list[dt.datetime | None]:
    """Return when each who is told of it was told, None for who was not yet."""
    news = News.objects.filter(thing=introduction.THING, thing_id=introduction.pk, kind=kind)
    return list(news.filter(at__gte=since).values_list("told_at", flat=True))


def people_of(introduction: Introduction, side: Side) -> list[User]:
    """Return whom to tell of a side: herself; the employer's contact, else all the employer's people."""
    if side == Side.EMPLOYER:
        return employers_of(introduction)
    jobseeker = introduction.jobseeker
    user = jobseeker.user if side == Side.JOBSEEKER else jobseeker.counsellor
    return [user] if user is not None else []


def employers_of(introduction: Introduction) -> list[User]:
    """Return the employer's people: who said yes, else everybody; nobody when he has no account."""
    employer = introduction.vacancy.employer
    if employer is None or employer.organisation_id is None:
        return []
    members = Membership.objects.current().filter(organisation=employer.organisation_id, role=Role.EMPLOYER)
    people = list(User.objects.filter(memberships__in=members, is_active=True).distinct())
    contact = [user for user in people if user.pk == introduction.employer_contact_id]
    return contact or people


def subject_of(introduction: Introduction) -> news.Subject:
    """Return what the news is about."""
    return news.Subject(introduction.THING, introduction.pk, introduction.vacancy.title, introduction.url)


def over(_now: dt.datetime) -> QuerySet[News]:
    """Find the news of introductions that are gone."""
    told = News.objects.filter(thing=Introduction.THING)
    return told.exclude(thing_id__in=Introduction.objects.order_by().values("pk"))
