"""Whom to tell what of an account. The message never says what: it leads to the page, or waits for a voice."""

from django.urls import reverse

from visavis.employers import wording
from visavis.employers.models import Account
from visavis.news import services as news
from visavis.news.models import News
from visavis.news.wording import of_it
from visavis.people.enums import Role
from visavis.people.models import User


def tell(account: Account, kind: str, *users: User | None, but: User | None = None) -> None:
    """Give a piece of news to people of an employer; who acted is not told what she did."""
    link = reverse("employers:mine")
    subject = news.Subject(account.THING, account.pk, account.name, link)
    for user in users:
        if user is not None and (but is None or user.pk != but.pk):
            news.tell(user=user, role=Role.EMPLOYER, kind=kind, subject=subject)


def on_paper(row: News) -> list[str]:
    """Return what a letter tells of an account, or of who belongs to it."""
    account = Account.objects.filter(pk=row.thing_id).first()
    if account is None or row.kind not in {"opened", "refused", "down", "back"}:
        return [of_it(row.title, wording.on_paper_of(row.kind))]
    story = wording.story(account)
    return [account.name, *(one for one in (story.headline, story.why, story.words, story.next) if one)]


def entered_at(row: News) -> str:
    """Return the account's page of the agency: the news leads to the employer's own."""
    return reverse("employers:account", kwargs={"account_id": row.thing_id})


def tell_members(account: Account, kind: str, but: User | None = None) -> None:
    tell(account, kind, *(held.user for held in account.members()), but=but)
