"""The role that owns the tables, where it is another than the site's: then nobody on the site can rewrite its journal.

Its address stands in a file of its own, for `visavis setup`, `migrate` and `restore`; the site never reads it.
"""

import getpass
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from visavis.operations.installing import trying
from visavis.operations.installing.files import SECRET, File, Places
from visavis.operations.installing.questions import Answers
from visavis.operations.installing.trying import Finding
from visavis.operations.installing.values import WrongAnswer
from visavis.operations.installing.variables import Variables, read_file, text_of

DATABASE, SITE_ROLE = "DATABASE_URL", "VISAVIS_SITE_ROLE"


def told_before(places: Places) -> str:
    """Return the owner's address as it was told last time, or nothing."""
    return read_file(places.owner).get(DATABASE, "")


def variables_of(answers: Answers, variables: Mapping[str, str], places: Places) -> Variables:
    """Return the environment in which tables are made: the owner's, else the site's own.

    Raises WrongAnswer where an owner was told and there is no database of roles.
    """
    if not answers["owner"]:
        return dict(variables)
    if not answers["database"]:
        raise WrongAnswer("--owner: SQLite has no roles. Give a database of PostgreSQL, or say none.")
    role = unquote(urlsplit(answers["database"]).username or "") or role_here(places)
    return {**variables, DATABASE: answers["owner"], SITE_ROLE: role}


def role_here(places: Places) -> str:
    """Return who comes in where the address names nobody: the account that runs the service."""
    return places.account or getpass.getuser()


def files(answers: Answers, variables: Mapping[str, str], places: Places) -> list[File]:
    """Return the file of the owner's environment, none where the site owns its tables. Raises WrongAnswer."""
    found = variables_of(answers, variables, places)
    return [File(places.owner, text_of(found), SECRET)] if answers["owner"] else []


def forget(answers: Answers, places: Places) -> None:
    """Take the owner's file away where it was answered that there is none."""
    if not answers["owner"]:
        places.owner.unlink(missing_ok=True)


def everything(variables: Mapping[str, str], owner: str) -> Iterator[Finding]:
    """Try everything that the site stands on, and the owner of its tables if there is one."""
    yield from trying.everything(variables, has_owner=bool(owner))
    if (found := tried(variables, owner)) is not None:
        yield found


def tried(variables: Mapping[str, str], owner: str) -> Finding | None:
    """May the owner make tables where the site finds them, and is it another role than the site's?"""
    if not owner:
        return None
    site, here = (trying.seen(one) for one in (variables[DATABASE], owner))
    if isinstance(here, str):
        return Finding("owner", "wrong", f"in the owner’s address, {here}")
    if not here.may_make:
        return Finding("owner", "wrong", "it may make no tables: ALTER DATABASE … OWNER TO …")
    if isinstance(site, str):
        return None
    if (site.database, site.number) != (here.database, here.number):
        return Finding(
            "owner",
            "wrong",
            f"it comes into {here.database}, the site into {site.database}: name one database in both",
        )
    if site.is_owner_too(here):
        return Finding(
            "owner", "wrong", f"{site.role} has the owner’s rights: give the site a role that owns nothing"
        )
    return Finding("owner", "well", f"{here.role} owns the tables, {site.role} does not")
