"""Threads, what is written in them, and who has opened it."""

from visavis.mailboxes.models.broadcast import Broadcast
from visavis.mailboxes.models.incoming import AutoAnswer, Incoming, MailPosition
from visavis.mailboxes.models.message import Draft, Message, Opening
from visavis.mailboxes.models.ready import ReadyText
from visavis.mailboxes.models.thread import Thread, Word

__all__ = [
    "AutoAnswer",
    "Broadcast",
    "Draft",
    "Incoming",
    "MailPosition",
    "Message",
    "Opening",
    "ReadyText",
    "Thread",
    "Word",
]
