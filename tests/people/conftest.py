"""Nothing is left of one test in the next: rate limits, messages, the language."""

from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from tests.sms import MemoryGateway


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    cache.clear()
    MemoryGateway.sent.clear()
    yield
    cache.clear()
    mail.outbox.clear()
    translation.activate("fr")


@pytest.fixture
def no_mail(settings: Settings) -> None:
    """Nobody answers where mail leaves."""
    options = {"host": "127.0.0.1", "port": 9}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})
