"""The yes by which interests stand in a file: kept with what she ticked."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from visavis.consents import services as consents
from visavis.consents.models import Consent
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import User

INTERESTS = "interests"
TITLE = _("My interests in my file")
WORDS = _(
    "I agree that the interests I tick stand in my file, and help to find work for me."
    " They bring openings closer and take none away. My counsellor reads them; no employer does."
    " I can take this back at any time, with one click or by saying so. I am asked again after a year."
)


# So much of the digest of the words is their number on paper.
LENGTH = 8


def number_of(language: str) -> str:
    """Return the number of the words of today in a language, as it is printed below them."""
    return consents.digest(consents.words_of(INTERESTS, language))[:LENGTH].upper()


def language_of(number: str) -> str:
    """Return the language in which the words of today have a number; nothing where they are no longer said so."""
    return next((code for code, _name in settings.LANGUAGES if number_of(code) == number), "")


def follow(jobseeker: Jobseeker, *, before: set[str], by: User, how: str) -> None:
    """Keep her yes when something was added to her interests; when none is left, it is taken back."""
    now = set(jobseeker.interests.order_by().values_list("interest_id", flat=True))
    if not now:
        consents.withdraw(user=jobseeker.user, purpose=INTERESTS, by=by)
    elif is_yes(jobseeker, before=before, now=now):
        said = Consent.How.WEB if by.pk == jobseeker.user_id else Consent.How.COUNTER
        consents.give(user=jobseeker.user, purpose=INTERESTS, by=by, how=how or said)


def is_yes(jobseeker: Jobseeker, *, before: set[str], now: set[str]) -> bool:
    """Say whether such an answer gives a yes: something is added, or what stands there has none today."""
    return bool(now) and (bool(now - before) or not stands(jobseeker))


def stands(jobseeker: Jobseeker) -> bool:
    """Say whether a yes to her interests stands today."""
    return Consent.objects.in_force().filter(user=jobseeker.user_id, purpose=INTERESTS).exists()
