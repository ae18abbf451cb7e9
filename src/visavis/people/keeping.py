"""What is kept of an account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session

from visavis.common import clock
from visavis.common.keeping import PUBLIC_TASK, Erased, Kept, Rows
from visavis.people.models import Membership, User


def forget() -> int:
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]


KEPT = [
    Kept(
        what="account, roles, ways to sign in",
        until="while the account is open",
        why="to know who comes in and what for",
        law=PUBLIC_TASK,
        how="to come with the case file",
        erased=Erased.WITH_ACCOUNT,
        tables=(
            Rows(User, "pk", secret=frozenset({"password"})),
            Rows(Membership, "user"),
            Rows(EmailAddress, "user"),
            Rows(Authenticator, "user", secret=frozenset({"data"})),
        ),
    ),
    Kept(
        what="sessions",
        until="`VISAVIS_SESSION_HOURS`",
        why="sign-in",
        law=PUBLIC_TASK,
        how="the night's run, or `visavis forget`",
        erased=Erased.NEVER,
        tables=(Rows(Session),),
        forget={"sessions": forget},
    ),
]
