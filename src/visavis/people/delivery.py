"""What leaves for a person's mailbox or phone. Never a name, never anything of her file: a code or a notice."""

import logging
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.common.errors import Refused
from visavis.people import gsm, sms
from visavis.people.addresses import Address, Kind
from visavis.people.models import User

logger = logging.getLogger(__name__)


# After this many seconds a server that was not reached is asked again.
RESTS_S = 15.0
# From here on a number of a mail server refuses (RFC 5321, 4.2.1).
REFUSED = 400


# For the page, in its language: not in the message's.
REFUSAL = gettext_lazy("We could not send the message. Try again in a moment, or call us.")


class NotSent(Refused):
    """The message did not leave: the mail server or the SMS gateway refused it."""


class NotReached(NotSent):
    """Nobody answered there: nothing was handed over."""


class MaybeSent(Exception):
    """It was handed over and no answer came: nobody knows whether it left, so it is not sent again."""


@dataclass(frozen=True)
class Answers:
    """How news can be answered at once: to an e-mail address of its own, by a key or one word in a text message, or
    by a link of hers that opens it without signing in."""

    address: str = ""
    by_text: bool = False
    link: str = ""
    word: str = ""
    # The one word by which she says that this is not about her.
    not_me: str = ""


@dataclass(frozen=True)
class Mail:
    """What a message says; `stop_url` ends news of its kind, as a button in mail programs (RFC 8058).

    `reply_to` is where an answer goes, and what could not be delivered (the sender of the envelope).
    """

    subject: str
    text: str
    stop_url: str = ""
    reply_to: str = ""


def code_mail(kind: Kind, code: str, *, language: str, elsewhere: str = "") -> Mail:
    """Return a message that holds a code, and the code only: the same words whether or not we know the address.

    `elsewhere` is the page where it can be typed on another device than the one that asked for it.
    """
    with translation.override(language):
        if kind == "phone":
            return Mail("", _("%(code)s is your Vis-à-vis code. It works for 10 minutes.") % {"code": code})
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
        return Mail(_("Your code for Vis-à-vis"), text)


def change_mail(language: str) -> Mail:
    """Return a message that says that a way into the account changed."""
    with translation.override(language):
        text = _(
            "The way to sign in to your Vis-à-vis account has changed.\n"
            "It was you? You have nothing to do.\n"
            "It was not you? Call us or come to the agency: we help you at once."
        )
        return Mail(_("Your Vis-à-vis account has changed"), text)


def program_mail(language: str) -> Mail:
    """Return a message that says that a program did in her name what only she may do."""
    with translation.override(language):
        text = _(
            "A program has just changed your Vis-à-vis account with a key of yours.\n"
            "It was you? You have nothing to do.\n"
            "It was not you? Call us or come to the agency: we help you at once."
        )
        return Mail(_("A program has changed your Vis-à-vis account"), text)


def address_of(user: User) -> Address | None:
    """Return where a code or a notice reaches her: her e-mail, else her phone."""
    if user.email:
        return Address("email", user.email)
    return Address("phone", user.phone) if user.phone else None


def tell_of_news(
    user: User,
    *,
    by_sms: bool,
    number: str,
    handing: Callable[[], object],
    stop_url: str = "",
    answers: Answers | None = None,
) -> None:
    """Say that something new waits for her, and nothing of what it is. Raises what `hand_over` raises.

    `stop_url` ends news of this kind without signing in; `answers` is how it can be answered at once.
    """
    address = Address("phone", user.phone) if by_sms and user.phone else address_of(user)
    if address is None:
        raise NotSent(REFUSAL)
    mail = news_mail(address.kind, user.language, stop_url=stop_url, answers=answers)
    hand_over(address, mail, number=number, handing=handing)


def news_mail(kind: Kind, language: str, *, stop_url: str = "", answers: Answers | None = None) -> Mail:
    """Return what says that something new waits, as an e-mail or a text message: to everybody the same words."""
    with translation.override(language):
        text = _(
            "Something new waits for you on Vis-à-vis. Sign in to read it and to answer:\n"
            "%(url)s\n"
            "You can also call us or come to the agency: every answer can be given there too."
        ) % {"url": settings.SITE_URL}
        if kind == "phone":
            text = _by_text(answers)
        elif answers is not None and answers.address:
            text += "\n" + _("Or answer this e-mail: what you write reaches whoever follows you.")
        if answers is not None and answers.link and kind == "email":
            text += "\n" + _("Or open it by this link, without signing in. It is yours alone: %(url)s") % {
                "url": answers.link
            }
        if stop_url:
            text += "\n" + _("To be told no more of new openings: %(url)s") % {"url": stop_url}
        return Mail(
            _("Something new for you on Vis-à-vis"), text, stop_url, answers.address if answers else ""
        )


def _by_text(answers: Answers | None) -> str:
    """Return the news as a text message: one, in the signs that every phone has."""
    link = answers.link if answers is not None else ""
    words = {"url": link or settings.SITE_URL, "phone": settings.VISAVIS_PHONE}
    said = _("Vis-à-vis: something new waits for you. Sign in, call us or come: %(url)s")
    if link:
        said = _("Vis-à-vis: something new waits for you. Your own link: %(url)s")
    text = gsm.plain(said % words)
    more = [_("Call %(phone)s.") % words]
    if answers is not None and answers.by_text:
        more = [_("Answer 1 yes, 2 call me, 0 no.")]
    elif answers is not None and answers.word:
        more = [_("To go on, answer %(word)s.") % {"word": answers.word}, *more]
    elif answers is not None and answers.not_me:
        more = [_("It is not you? Answer %(word)s.") % {"word": answers.not_me}, *more]
    # As much as one message holds, what matters most first.
    for said_too in more:
        longer = gsm.plain(f"{text} {said_too}")
        text = longer if gsm.parts(longer) == 1 else text
    return text


def hand_over(address: Address, mail: Mail, *, number: str, handing: Callable[[], object]) -> None:
    """Hand a message to the mail server or the SMS gateway. Never inside a request.

    `number` names it, the same at every try; `handing` is called once the server is reached, before anything is
    handed over. Raises NotReached and NotSent when it surely did not leave, MaybeSent when nobody knows.
    """
    if rests(address.kind):
        raise NotReached(REFUSAL)
    (_by_sms if address.kind == "phone" else _by_mail)(address, mail, number, handing)


def _by_sms(address: Address, mail: Mail, number: str, handing: Callable[[], object]) -> None:
    handing()
    try:
        sms.gateway().send(address.value, mail.text, number)
    except sms.SmsNotReached as error:
        _rest(address.kind)
        raise NotReached(REFUSAL) from error
    except sms.SmsMaybeSent as error:
        raise MaybeSent from error
    except sms.SmsFailed as error:
        raise NotSent(REFUSAL) from error


def _written(address: Address, mail: Mail, number: str) -> EmailMessage:
    """Return the message with its headers."""
    # A machine wrote it: no other machine answers (RFC 3834).
    headers = {
        "Message-ID": f"<{number}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    sender = None
    if mail.reply_to:
        headers["From"], sender = settings.DEFAULT_FROM_EMAIL, mail.reply_to
    if mail.stop_url:
        headers |= {
            "List-Unsubscribe": f"<{mail.stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    message = EmailMessage(mail.subject, mail.text, sender, [address.value], headers=headers)
    message.reply_to = [mail.reply_to] if mail.reply_to else []
    return message


def _by_mail(address: Address, mail: Mail, number: str, handing: Callable[[], object]) -> None:
    message = _written(address, mail, number)
    mailer = mailers.default
    try:
        mailer.open()
    except (smtplib.SMTPException, OSError) as error:
        _rest(address.kind)
        logger.error("the mail server cannot be reached: %s", type(error).__name__)
        raise NotReached(REFUSAL) from error
    try:
        handing()
        mailer.send_messages([message])
    except smtplib.SMTPServerDisconnected as error:
        raise MaybeSent from error
    except smtplib.SMTPException as error:
        # Half an answer reads like a number that says nothing: perhaps the message was kept.
        if isinstance(error, smtplib.SMTPResponseException) and not error.smtp_code >= REFUSED:
            raise MaybeSent from error
        logger.error("the mail server refused: %s", type(error).__name__)
        raise NotSent(REFUSAL) from error
    except OSError as error:
        raise MaybeSent from error
    finally:
        with suppress(smtplib.SMTPException, OSError):
            mailer.close()


RESTS_UNTIL: dict[str, float] = {}


def rests(kind: str) -> bool:
    """Say whether whoever carries this kind of message was just found gone: nobody waits for it again so soon."""
    return time.monotonic() < RESTS_UNTIL.get(kind, 0.0)


def _rest(kind: str) -> None:
    RESTS_UNTIL[kind] = time.monotonic() + RESTS_S
