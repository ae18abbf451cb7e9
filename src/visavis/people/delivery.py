"""What leaves for a person's mailbox or phone. Never a name, never anything of her file: a code or a notice."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.common.errors import Refused
from visavis.people import sms
from visavis.people.addresses import Address
from visavis.people.models import User

logger = logging.getLogger(__name__)


class NotSent(Refused):
    """The message did not leave: the mail server or the SMS gateway failed."""


def send_code(address: Address, code: str, *, language: str, elsewhere: str = "") -> None:
    """Send a code, and the code only: the same words whether or not we know the address.

    `elsewhere` is the page where it can be typed on another device than the one that asked for it.
    """
    with translation.override(language):
        if address.kind == "phone":
            _send(
                address, "", _("%(code)s is your Vis-à-vis code. It works for 10 minutes.") % {"code": code}
            )
            return
        subject = _("Your code for Vis-à-vis")
        text = _(
            "Here is your code: %(code)s\n\n"
            "Type it on the page that asked for it. It works once, for 10 minutes.\n"
            "We never ask for it by phone. Give it to nobody.\n\n"
            "You did not ask for a code? You have nothing to do: nothing happens without it."
        ) % {"code": code}
        if elsewhere:
            text += "\n\n" + _(
                "You read this on another device, and want to go on there? Type the code here:\n%(url)s"
            ) % {"url": settings.SITE_URL + elsewhere}
        _send(address, subject, text)


def warn(user: User, *, former: Address | None = None) -> None:
    """Tell her that a way into her account changed: on the former address, else on one she has.

    That it cannot be told undoes nothing: the log has it.
    """
    told = former or address_of(user)
    if told is not None:
        try:
            tell_of_change(user, told)
        except NotSent:
            return


def address_of(user: User) -> Address | None:
    """Return where a code or a notice reaches her: her e-mail, else her phone."""
    if user.email:
        return Address("email", user.email)
    return Address("phone", user.phone) if user.phone else None


def tell_of_change(user: User, address: Address) -> None:
    """Say on one address that a way into the account changed. Raises NotSent."""
    with translation.override(user.language):
        text = _(
            "The way to sign in to your Vis-à-vis account has changed.\n"
            "It was you? You have nothing to do.\n"
            "It was not you? Call us or come to the agency: we help you at once."
        )
        _send(address, _("Your Vis-à-vis account has changed"), text)


def tell_of_news(user: User, *, by_sms: bool, stop_url: str = "") -> None:
    """Say that something new waits for her, and nothing of what it is. Raises NotSent.

    `stop_url` ends news of this kind without signing in; a mail program may offer it as a button (RFC 8058).
    """
    address = Address("phone", user.phone) if by_sms and user.phone else address_of(user)
    if address is None:
        raise NotSent(_refusal())
    with translation.override(user.language):
        text = _(
            "Something new waits for you on Vis-à-vis. Sign in to read it and to answer:\n"
            "%(url)s\n"
            "You can also call us or come to the agency: every answer can be given there too."
        ) % {"url": settings.SITE_URL}
        if address.kind == "phone":
            text = _("Vis-à-vis: something new waits for you. Sign in, call us or come: %(url)s") % {
                "url": settings.SITE_URL
            }
        if stop_url:
            text += "\n" + _("To be told no more of new openings: %(url)s") % {"url": stop_url}
        _send(address, _("Something new for you on Vis-à-vis"), text, stop_url)


def _send(address: Address, subject: str, text: str, stop_url: str = "") -> None:
    try:
        if address.kind == "phone":
            sms.gateway().send(address.value, text)
        else:
            one_click = {
                "List-Unsubscribe": f"<{stop_url}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
            EmailMessage(subject, text, to=[address.value], headers=one_click if stop_url else {}).send()
    except sms.SmsFailed as error:
        raise NotSent(_refusal()) from error
    except (smtplib.SMTPException, OSError) as error:
        logger.error("the mail server refused: %s", type(error).__name__)
        raise NotSent(_refusal()) from error


def _refusal() -> Promise:
    """Return a sentence for the page, in the language of the page: not in the message's."""
    return gettext_lazy("We could not send the message. Try again in a moment, or call us.")
