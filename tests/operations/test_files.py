"""The units and the proxy's site, read by the programs that they are for."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.operations.answers import as_options
from tests.operations.certificate import certificate_in
from visavis.commands.__main__ import main


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A machine with nothing but our files."""
    certificate, key = certificate_in(tmp_path)
    recipient = "age1" + "q" * 58
    options = as_options(certificate=str(certificate), certificate_key=str(key), backup_recipient=recipient)
    options += ["--relay", "turn.emploi.example", "--relay-address", "203.0.113.7"]
    assert main(["setup", "--root", str(tmp_path), "--files-only", *options]) == 0
    return tmp_path


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="this machine has no systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(root: Path) -> None:
    units = sorted((root / "etc/systemd/system").glob("visavis-*"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, units)],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "visavis-" in line]
    assert len(units) == 8 and not ours, done.stderr


@pytest.mark.parametrize(
    "unit",
    [
        "visavis-web.service",
        "visavis-live.service",
        "visavis-work.service",
        "visavis-backup.service",
        "visavis-drill.service",
        "visavis-relay.service",
    ],
)
def test_a_unit_gives_up_what_it_does_not_need(root: Path, unit: str) -> None:
    text = (root / "etc/systemd/system" / unit).read_text()
    for line in (
        "UMask=0077",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
    ):
        assert line in text.splitlines()
    assert "$" not in text


def test_nginx_reads_the_site(root: Path) -> None:
    assert shutil.which("nginx"), "nginx is absent: scripts/packages installs it"
    whole = root / "nginx.conf"
    site = (root / "etc/nginx/conf.d/visavis.conf").read_text()
    log = "/var/log/nginx/visavis.log"
    assert log in site
    (root / "site.conf").write_text(site.replace(log, str(root / "visavis.log")))
    whole.write_text(
        f"pid {root}/pid;\nerror_log {root}/error.log;\nevents {{}}\nhttp {{ include {root}/site.conf; }}\n"
    )
    done = subprocess.run(["nginx", "-t", "-c", str(whole)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_proxy_writes_down_neither_addresses_nor_queries(root: Path) -> None:
    site = (root / "etc/nginx/conf.d/visavis.conf").read_text()
    told = next(line for line in site.splitlines() if line.startswith("log_format"))
    assert "remote_addr" not in told and "args" not in told and "request_uri" not in told
