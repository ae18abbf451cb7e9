"""A real IMAP server (Dovecot) for one test: a mailbox in a folder of its own, filled and renumbered from outside."""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.programs import start
from tests.waiting import until

USER, PASSWORD = "courrier", "geheim"
CONFIG = """
dovecot_config_version = 2.4.1
dovecot_storage_version = 2.4.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
protocols = imap
ssl = no
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = {folder}/mail
first_valid_uid = 1
default_internal_user = {account}
default_internal_group = {group}
default_login_user = {account}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {account}
    gid = {group}
    home = {folder}/home
  }}
}}
"""


class Dovecot:
    """One running server, and the folder in which its mail lies."""

    def __init__(self) -> None:
        if shutil.which("dovecot") is None:
            pytest.fail("dovecot is absent: scripts/packages installs it")
        self.port = free_port()
        # The server's own account must come in, which it cannot where tmp_path is; the leased port makes it ours.
        self.folder = Path(os.environ.get("TMPDIR", "/tmp"), f"visavis-imap-{self.port}")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self.folder.chmod(0o755)
        self.account = "nobody" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        group = "nogroup" if os.getuid() == 0 else str(os.getgid())
        for name in ("mail/new", "mail/cur", "mail/tmp", "home", "state", "run"):
            (self.folder / name).mkdir(parents=True)
        for name in ("mail", "mail/new", "mail/cur", "mail/tmp", "home"):
            self._own(self.folder / name)
        config = self.folder / "dovecot.conf"
        told = {"folder": self.folder, "port": self.port, "account": self.account, "group": group}
        config.write_text(CONFIG.format(**told, password=PASSWORD))
        self.count = 0
        self.process = start(["dovecot", "-F", "-c", config], stderr=subprocess.PIPE)

    def _own(self, path: Path) -> None:
        if os.getuid() == 0:
            shutil.chown(path, self.account, "nogroup")

    def deliver(self, raw: bytes) -> None:
        """Put a message into the mailbox, as a mail server does."""
        self.count += 1
        name = f"{int(time.time())}.M{self.count:06d}.test"
        path = self.folder / "mail" / "tmp" / name
        path.write_bytes(raw)
        path.chmod(0o600)
        self._own(path)
        path.rename(self.folder / "mail" / "new" / name)

    def renumber(self) -> None:
        """Make the mailbox anew with the same messages: another numbering, the same numbers."""
        # What counts the numberings stays: the next is one more.
        for index in (self.folder / "mail").glob("dovecot[.-]*"):
            if not index.name.startswith("dovecot-uidvalidity"):
                index.unlink()

    def empty(self) -> None:
        """Take all messages away, and the numbering with them."""
        for file in (self.folder / "mail").glob("*/*"):
            file.unlink()
        self.renumber()

    def is_up(self) -> bool:
        log = self.folder / "log"
        assert self.process.poll() is None, self.process.stderr and self.process.stderr.read()
        return log.exists() and "starting up" in log.read_text()

    def seen(self) -> int:
        """Return how many messages are marked as read."""
        return sum(":2,S" in one.name for one in (self.folder / "mail" / "cur").iterdir())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def running() -> Iterator[Dovecot]:
    """Give a server that answers; it stops behind."""
    dovecot = Dovecot()
    try:
        until(dovecot.is_up, "dovecot does not start")
        yield dovecot
    finally:
        dovecot.stop()
