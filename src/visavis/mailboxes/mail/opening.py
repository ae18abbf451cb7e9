"""Reach an IMAP server, as the site does and as `visavis setup` tries it. No Django."""

import ssl

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

TIME_OUT_S = 30


def reached(host: str, port: int, *, tls: str, time_out_s: int = TIME_OUT_S) -> BaseMailBox:
    """Open a connection that nobody else reads: `tls`, `starttls`, or `plain` on this machine. Raises OSError.

    Python's own IMAP believes every certificate unless it is told not to: the password would go to whoever answers.
    """
    if tls == "plain":
        return MailBoxUnencrypted(host, port, timeout=time_out_s)
    kind = MailBoxStartTls if tls == "starttls" else MailBox
    return kind(host, port, timeout=time_out_s, ssl_context=ssl.create_default_context())
