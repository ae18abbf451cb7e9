"""Whom to tell what of an account. The message never says what: it leads to the page, or waits for a voice."""

from django.urls import reverse

from visavis.employers.models import Account
from visavis.news import services as news
from visavis.people.enums import Role
from visavis.people.models import User


def tell(account: Account, kind: str, *users: User | None, but: User | None = None) -> None:
    """Give a piece of news to people of an employer; who acted is not told what she did."""
    link = reverse("employers:mine")
    subject = news.Subject(account.THING, account.pk, account.name, link)
    for user in users:
        if user is not None and (but is None or user.pk != but.pk):
            news.tell(user=user, role=Role.EMPLOYER, kind=kind, subject=subject)


def tell_members(account: Account, kind: str, but: User | None = None) -> None:
    tell(account, kind, *(held.user for held in account.members()), but=but)
