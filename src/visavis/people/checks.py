"""What a real service must not forget, told by `visavis check --deploy`."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


def texts_reach_people(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """Refuse the terminal as a gateway: codes and numbers would be written there and reach nobody."""
    if settings.SMS_GATEWAY != "visavis.people.sms.ConsoleGateway":
        return []
    hint = "Set SMS_GATEWAY=visavis.people.sms.HttpGateway (or KannelGateway), SMS_URL, SMS_TOKEN: docs/operations.md."
    return [
        Error("Text messages are written on the terminal and reach nobody.", hint=hint, id="visavis.E001")
    ]
