"""`visavis --environment FILE WORD…`: a command of the site that is installed, as the account that runs it."""

import os
import sys
from pathlib import Path

from visavis.operations.installing.values import WrongAnswer
from visavis.operations.installing.variables import read_file

WRONG_ANSWER = 2


def enter(words: list[str]) -> list[str]:
    """Take the variables of the file, become the owner of the site's folder, return the words that are left."""
    if len(words) < 3:
        sys.exit("Write visavis --environment /etc/visavis/environment and a command.")
    try:
        variables = read_file(Path(words[1]))
    except WrongAnswer as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(WRONG_ANSWER)
    if not variables:
        sys.exit(f"{words[1]} holds no variable: run `visavis setup` first.")
    os.environ.update(variables)
    become_owner(Path(variables.get("VISAVIS_VAR", ".")))
    return words[2:]


def become_owner(folder: Path) -> None:
    """Give root's rights up, so that no file of the site comes to belong to root."""
    if os.geteuid() != 0 or not folder.exists() or (owner := folder.stat()).st_uid == 0:
        return
    os.umask(0o077)
    os.setgroups([])
    os.setgid(owner.st_gid)
    os.setuid(owner.st_uid)
    # Paths that were typed hold where they were typed, unless the account may not be there.
    if not os.access(".", os.R_OK | os.X_OK):
        os.chdir(folder)
