"""Why a message was not received, in words that say what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHY: dict[str, str | Promise] = {
    "name": _("the name of the address leads nowhere"),
    "private": _("the address leads into a private network: the operator has to allow it"),
    "plain": _("the address is not https"),
    "tls": _("its certificate is not believed"),
    "late": _("it did not answer in time"),
    "silent": _("nothing answers there"),
    "redirect": _("it leads elsewhere, and we do not follow: give the address it leads to"),
    "gone": _("it says that it is gone"),
    "status": _("it refused the message"),
    "secret": _("its secret can no longer be read here: draw a new one and give it to the program"),
}


def why(code: str) -> str:
    """Return why a message was not received."""
    return str(WHY.get(code, ""))
