"""A mail server of its own process: python -m tests.faults.mailbox PORT FILE [slow].

Writes down which message is for whom before it answers; with `slow` it takes its time to answer.
"""

import asyncio
import email
import os
import signal
import sys
import threading
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

SLOW_S = 1.0


class Box:
    """Writes one line a message."""

    def __init__(self, file: Path, answers_after_s: float) -> None:
        self.file, self.answers_after_s = file, answers_after_s

    async def handle_DATA(  # noqa: N802  (as aiosmtpd calls it)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        name = email.message_from_bytes(envelope.content or b"")["Message-ID"]  # type: ignore[arg-type]
        with self.file.open("a", encoding="utf-8") as kept:
            kept.write("".join(f"{name} {address}\n" for address in envelope.rcpt_tos))
            kept.flush()
            os.fsync(kept.fileno())
        await asyncio.to_thread(threading.Event().wait, self.answers_after_s)
        return "250 kept"


if __name__ == "__main__":
    port, file, *more = sys.argv[1:]
    box = Box(Path(file), SLOW_S if "slow" in more else 0)
    Controller(box, hostname="127.0.0.1", port=int(port)).start()
    signal.pause()
