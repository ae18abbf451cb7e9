"""Keep a yes with its proof, take it back, ask again after a year, let it run out."""

import datetime as dt
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from visavis.common import clock
from visavis.consents.models import LIFE, Consent
from visavis.consents.purposes import PURPOSES
from visavis.journal import programs
from visavis.journal import under as at_hand
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.news import services as news
from visavis.people.enums import Role
from visavis.people.models import User

ASKED_BEFORE = dt.timedelta(days=30)
KEPT_FOR = dt.timedelta(days=366)
# The same yes said again within a day, while a page is corrected, is one.
SAME = dt.timedelta(days=1)
AGAIN = "again"
# Where the digest of the words comes back with the yes; `consent_words` writes it into the page.
SHOWN = "words_sha256"
NOT_READ = gettext_lazy(
    "With this answer you say yes to a text. It has changed, or it is missing. Read it, then keep your answer again."
)
ALOUD = {
    AGAIN: gettext_lazy(
        "A yes of yours runs out in thirty days. Do you still agree? Nothing changes if you do."
    )
}


def words_of(purpose: str, language: str = "") -> str:
    """Return the words of a yes, in the language of the page or another."""
    with translation.override(language or translation.get_language()):
        return str(PURPOSES[purpose].words)


def hold(user: User) -> None:
    """Hold a person's yes until the end of the transaction: first of all that is held of hers, in every act.

    Who gives, takes back, or lets run out waits here, and so does an answer that moves a yes, before it holds the file:
    two acts never hold what the other waits for. Rows that only name her go on being written.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def give(*, user: User, purpose: str, by: User, how: str = Consent.How.WEB) -> Consent:
    """Keep a yes to what the page said, for a year; who noted it for her is kept with it."""
    language = translation.get_language() or user.language
    words = words_of(purpose)
    under = at_hand.current()
    if under is not None and under.counter_id is not None and by.pk == user.pk:
        # She says it where she stands, and reception notes it.
        by, how = User.objects.get(pk=under.helper_id), Consent.How.COUNTER
    elif programs.token_of(by.pk) is not None:
        how = Consent.How.PROGRAM
    with transaction.atomic():
        # Two yes at once wait here: one stands.
        hold(user)
        before = Consent.objects.filter(user=user, purpose=purpose, ended_at__isnull=True).first()
        if (
            before
            and before.words == words
            and before.at > clock.now() - SAME
            and before.until >= clock.today()
        ):
            return before
        if before:
            _end(before, Consent.End.RENEWED)
        kept = Consent.objects.create(
            user=user,
            purpose=purpose,
            words=words,
            words_sha256=digest(words),
            language=language,
            until=clock.today() + LIFE,
            how=how,
            by=by,
        )
        record(Act(Entry.Action.CREATED, "consent", kept.pk, user.pk, note=f"{purpose} {how}"), by=by.pk)
    return kept


def is_read(purpose: str, shown: object) -> bool:
    """Say whether the digest that came with a yes is of the words that stand on its page today, in its language."""
    return shown == digest(words_of(purpose))


def digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()


def withdraw(*, user: User, purpose: str, by: User) -> bool:
    """Take a yes back: the use ends in the same transaction. Nothing happens where none stands."""
    with transaction.atomic():
        hold(user)
        standing = (
            Consent.objects.select_for_update()
            .filter(user=user, purpose=purpose, ended_at__isnull=True)
            .first()
        )
        if standing is None:
            return False
        _end(standing, Consent.End.WITHDRAWN)
        record(
            Act(Entry.Action.CHANGED, "consent", standing.pk, user.pk, note=f"{purpose} withdrawn"), by=by.pk
        )
        PURPOSES[purpose].stop(user, by)
    return True


def _end(row: Consent, end: Consent.End) -> None:
    row.ended_at, row.end = clock.now(), end
    row.save(update_fields=["ended_at", "end"])


# By night --------------------------------------------------------------------------------------------


def to_ask_again(now: dt.datetime) -> QuerySet[Consent]:
    """Find what runs out within thirty days, of people who were not asked again yet."""
    day = timezone.localdate(now)
    return Consent.objects.filter(
        ended_at__isnull=True, asked_again_at__isnull=True, until__lt=day + ASKED_BEFORE, user__is_active=True
    )


def ask_again(row: Consent) -> int:
    """Ask somebody again, once, by her channel."""
    with transaction.atomic():
        asked = Consent.objects.filter(pk=row.pk, asked_again_at__isnull=True, ended_at__isnull=True)
        if not asked.update(asked_again_at=clock.now()):
            return 0
        with translation.override(row.user.language):
            title = str(PURPOSES[row.purpose].title)
        subject = news.Subject("consent", row.pk, title, reverse("consents:mine"))
        news.tell(user=row.user, role=Role.JOBSEEKER, kind=AGAIN, subject=subject)
    return 1


def run_out(now: dt.datetime) -> QuerySet[Consent]:
    """Find what ran out and was not given again."""
    return Consent.objects.filter(ended_at__isnull=True, until__lt=timezone.localdate(now))


def let_run_out(row: Consent) -> int:
    """End the use of what ran out."""
    with transaction.atomic():
        hold(row.user)
        still = run_out(clock.now()).select_for_update().filter(pk=row.pk).first()
        if still is None:
            return 0
        _end(still, Consent.End.RUN_OUT)
        record(
            Act(Entry.Action.CHANGED, "consent", still.pk, still.user_id, note=f"{still.purpose} run-out"),
            by=None,
        )
        PURPOSES[still.purpose].stop(still.user, None)
    return 1


def proofs_over(now: dt.datetime) -> QuerySet[Consent]:
    """Find the proofs of what ended a year ago."""
    return Consent.objects.filter(ended_at__lt=now - KEPT_FOR)
