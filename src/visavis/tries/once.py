"""Codes that are tried five times at most and work once, however many processes are asked at the same moment."""

import datetime as dt
import secrets
from enum import Enum

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from visavis.common import clock
from visavis.tries.marks import mark
from visavis.tries.models import MOST_TRIES, Code, Spent

LIFE = dt.timedelta(minutes=10)
KEPT_FOR = dt.timedelta(days=2)


class Outcome(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"


def keep(code: str) -> str:
    """Keep a code as a keyed digest; return the key under which it is tried."""
    key = secrets.token_urlsafe(16)
    Code.objects.create(key=key, digest=digest(code, key))
    return key


def digest(code: str, key: str) -> str:
    return salted_hmac(f"visavis.people.codes.{key}", code, algorithm="sha256").hexdigest()


def is_open(key: str) -> bool:
    """Say whether a code may still be tried."""
    return Code.objects.filter(key=key, ended_at=None, sent_at__gt=clock.now() - LIFE).exists()


def attempt(key: str, typed: str, *, is_kept: bool = False) -> Outcome:
    """Try a code. Each try is counted before it is looked at, in one statement: none can be shared.

    `is_kept`: the right one works once more after it, and has cost no try.
    """
    living = Code.objects.filter(key=key, ended_at=None)
    tried = living.filter(tries__lt=MOST_TRIES, sent_at__gt=clock.now() - LIFE).update(tries=F("tries") + 1)
    kept = Code.objects.filter(key=key).first()
    expected = kept.digest if kept else ""
    is_right = constant_time_compare(digest(typed, key), expected)
    if not tried or kept is None:
        return Outcome.OVER
    if is_right:
        still_works = living.update(tries=F("tries") - 1) if is_kept else end(key)
        return Outcome.RIGHT if still_works else Outcome.OVER
    if kept.tries >= MOST_TRIES:
        end(key)
        return Outcome.OVER
    return Outcome.WRONG


def end(key: str) -> bool:
    """Take a code out of use; say whether it still was: of many who ask at once, one hears yes."""
    return bool(Code.objects.filter(key=key, ended_at=None).update(ended_at=clock.now()))


def spend(*parts: object) -> bool:
    """Use up what works once; say whether it still worked."""
    try:
        with transaction.atomic():
            Spent.objects.create(key=mark("spent", *parts))
    except IntegrityError:
        return False
    return True


def codes(now: dt.datetime) -> QuerySet[Code]:
    """Find the codes that nobody can try any more."""
    return Code.objects.filter(sent_at__lt=now - KEPT_FOR)


def steps(now: dt.datetime) -> QuerySet[Spent]:
    """Find the used steps that nobody can try any more."""
    return Spent.objects.filter(at__lt=now - KEPT_FOR)
