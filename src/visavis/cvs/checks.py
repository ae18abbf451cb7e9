"""What a deployment must know of the reader of CVs.

Told by `visavis check --deploy`, by `visavis setup --check`, and by the site and the worker as they start.
"""

import logging
from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage
from django.core.checks import Warning as Warned

from visavis.common import confined
from visavis.cvs.reading import alone

log = logging.getLogger(__name__)
# By this word `visavis setup --check` asks for this check alone, as the account that runs the service.
CONFINEMENT = "confinement"
MEANS = {
    confined.NETWORK: "allow user namespaces, or install libseccomp2",
    confined.FILES: "use a Linux kernel with Landlock (5.13 and later)",
}


def reader_is_confined(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """Warn of what this machine cannot take from the process that reads files of strangers."""
    taken = alone.confined()
    return [
        Warned(f"The reader of CVs keeps: {what}.", hint=f"To take it away, {means}.", id="visavis.W012")
        for what, means in MEANS.items()
        if not taken.get(what)
    ]


def say_what_stays() -> None:
    """Log what cannot be taken from the reader; called beside the first pages and the first jobs."""
    for one in reader_is_confined(None):
        log.warning("%s %s", one.msg, one.hint)
