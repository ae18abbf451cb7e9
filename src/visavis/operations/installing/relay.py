"""The relay of interviews where it runs on this machine: its file, its unit, and what starts it."""

import shutil
from collections.abc import Mapping
from dataclasses import replace

from visavis.interviews.relay import configuration
from visavis.interviews.relay.configuration import Relay
from visavis.operations.installing.files import OPEN, SECRET, File, Places, filled, is_local
from visavis.operations.installing.questions import Answers
from visavis.operations.installing.trying import Finding
from visavis.operations.installing.variables import RELAY_SECRET

CONFIGURATION, UNIT = "etc/visavis/relay.conf", "visavis-relay.service"
# Where systemd puts the copies that its account may read: file and certificate are root's.
HANDED = "/run/credentials/visavis-relay.service"


def files(answers: Answers, variables: Mapping[str, str], places: Places) -> list[File]:
    """Return its file and its unit; none where it runs on another machine, or nowhere."""
    if not answers["relay"] or not answers["relay_address"]:
        return []
    has_certificate = answers["proxy"] == "nginx" and not is_local(answers)
    relay = Relay(
        answers["relay"],
        variables[RELAY_SECRET],
        answers["relay_address"],
        f"{HANDED}/certificate" if has_certificate else "",
        f"{HANDED}/certificate-key" if has_certificate else "",
    )
    given = [f"relay.conf:{places.as_seen(places.root / CONFIGURATION)}"]
    if has_certificate:
        given += [f"certificate:{answers['certificate']}", f"certificate-key:{answers['certificate_key']}"]
    words = {
        "service_name": answers["service_name"],
        "credentials": "\n".join(f"LoadCredential={one}" for one in given),
        "documentation": "/usr/share/doc/visavis/operations.md",
    }
    return [
        File(places.root / CONFIGURATION, configuration.text(relay), SECRET),
        File(places.root / "etc/systemd/system" / UNIT, filled(UNIT, words), OPEN),
    ]


def before(finding: Finding) -> Finding:
    """Let the service be installed before its relay runs: it needs the secret that setup draws."""
    return replace(finding, level="look") if (finding.name, finding.level) == ("relay", "wrong") else finding


def program(answers: Answers) -> list[Finding]:
    """Look whether coturn is here, where it is to run here."""
    if not answers["relay_address"] or shutil.which("turnserver"):
        return []
    return [Finding("relay", "wrong", "coturn is missing: apt-get install coturn")]


def commands(answers: Answers) -> list[str]:
    """Return what starts it; the unit that coturn's package brings listens at the same port with another file."""
    if not answers["relay"] or not answers["relay_address"]:
        return []
    return [
        "systemctl disable --now coturn",
        "systemctl enable visavis-relay",
        "systemctl restart visavis-relay",
    ]
