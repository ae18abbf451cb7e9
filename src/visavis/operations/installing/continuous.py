"""PostgreSQL's log, archived as it is written by pgBackRest: what a disk that breaks takes away is a minute at most.

The files that make it so, where PostgreSQL is of this machine. The log holds people's keys, so it is sealed with a
secret that lies with the variables, and forgets sooner than backups must.
"""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from visavis.operations.installing.files import OPEN, File, Places, filled
from visavis.operations.installing.questions import Answers
from visavis.operations.installing.values import LOCAL, WrongAnswer
from visavis.operations.installing.variables import CONTINUOUS_KEY

SERVER = "postgres"
# A file of its own, named to each command: what the package brought names another folder.
CONFIGURATION = "/etc/pgbackrest/visavis.conf"
# Its configuration holds the secret: the server's own group reads it, and nobody else.
OF_GROUP = 0o640


def files(answers: Answers, variables: Mapping[str, str], places: Places) -> list[File]:
    """Return the files of continuous archiving, none where it was not asked for. Raises WrongAnswer."""
    if not answers["continuous"]:
        return []
    cluster = the_cluster(answers, places)
    version = cluster.parent.name
    words = {
        "service_name": answers["service_name"],
        "folder": answers["continuous"],
        "secret": variables[CONTINUOUS_KEY],
        "configuration": CONFIGURATION,
        "database": unquote(urlsplit(answers["database"]).path.lstrip("/")),
        "data": f"/var/lib/postgresql/{version}/main",
    }
    units = places.root / "etc/systemd/system"
    found = [
        File(
            places.root / CONFIGURATION.lstrip("/"),
            filled("pgbackrest.conf", words),
            OF_GROUP,
            SERVER,
        ),
        File(cluster / "conf.d/visavis.conf", filled("archiving.conf", words), OPEN),
    ]
    names = ("visavis-continuous.service", "visavis-continuous.timer")
    return [*found, *(File(units / name, filled(name, words), OPEN) for name in names)]


def the_cluster(answers: Answers, places: Places) -> Path:
    """Return the folder of PostgreSQL's settings on this machine. Raises WrongAnswer where there is not just one."""
    host = urlsplit(answers["database"]).hostname or ""
    if not answers["database"] or (host and host not in LOCAL):
        raise WrongAnswer(
            "--continuous: the database is on another machine: set pgBackRest up there, and say none here."
        )
    found = sorted((places.root / "etc/postgresql").glob("*/main"))
    if len(found) != 1:
        raise WrongAnswer(
            f"--continuous: there are {len(found)} PostgreSQL here, not one: set pgBackRest up by hand, and say none."
        )
    return found[0]


def commands(answers: Answers, changed: list[Path]) -> list[str]:
    """Return what starts it, once its files are there; nothing where they are as they were."""
    is_new = any({"postgresql", "pgbackrest"} & set(path.parts) for path in changed)
    if not answers["continuous"] or not is_new:
        return []
    return [
        f"install -d -o {SERVER} -g {SERVER} -m 700 {answers['continuous']}",
        "systemctl restart postgresql",
        f"runuser -u {SERVER} -- pgbackrest --config={CONFIGURATION} --stanza=visavis stanza-create",
        "systemctl start visavis-continuous.service",
        "systemctl enable --now visavis-continuous.timer",
    ]
