"""What is in course for the people somebody hands over: it goes along with them, and the preview counts it."""

from django.utils.translation import ngettext

from visavis.agencies.handing import Holding
from visavis.agencies.models import Agency
from visavis.introductions.models import Introduction
from visavis.people.models import User


def count(former: User, agency: Agency) -> int:
    """Count the introductions of her people that are open, proposals that wait for an answer among them."""
    hers = {"jobseeker__counsellor": former, "jobseeker__agency": agency}
    return Introduction.objects.open().filter(**hers).count()


def words(number: int) -> str:
    return ngettext(
        "%(number)s introduction in course, which goes with them",
        "%(number)s introductions in course, which go with them",
        number,
    ) % {"number": number}


IN_COURSE = Holding("introductions", count, words)
