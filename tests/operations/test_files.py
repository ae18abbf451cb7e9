"""The units and the proxy's site, read by the programs that they are for."""

import shutil
import urllib.request
from pathlib import Path

import pytest

from tests.operations.answers import as_options
from tests.operations.certificate import certificate_in
from tests.ports import free_port
from tests.programs import run, start
from tests.waiting import until
from visavis.commands import live
from visavis.commands.__main__ import main
from visavis.operations.installing import files, trying


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
    done = run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    ours = [line for line in done.stderr.splitlines() if "visavis-" in line]
    assert len(units) == 8 and not ours, done.stderr


def test_a_unit_gives_up_what_it_does_not_need(root: Path) -> None:
    lines = {"UMask=0077", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="}
    for unit in ("web", "live", "work", "backup", "drill", "relay"):
        text = (root / f"etc/systemd/system/visavis-{unit}.service").read_text()
        assert lines <= set(text.splitlines()) and "$" not in text, unit


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
    done = run(["nginx", "-t", "-c", whole], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_proxy_asks_this_machine_alone(root: Path) -> None:
    """No visitor moves where the proxy asks: each place is written, without a variable."""
    site = (root / "etc/nginx/conf.d/visavis.conf").read_text()
    asked = {line.split()[1] for line in site.splitlines() if line.strip().startswith("proxy_pass")}
    assert asked == {f"http://127.0.0.1:{port};" for port in (files.PORT, live.PORT)}
    others = ("fastcgi_pass", "uwsgi_pass", "grpc_pass", "scgi_pass", "resolver", "auth_request", "include")
    assert not [word for word in others if word in site]
    # It writes down neither addresses nor queries.
    told = next(line for line in site.splitlines() if line.startswith("log_format"))
    assert "remote_addr" not in told and "args" not in told and "request_uri" not in told


CODE = "2-BsyzyYCcJ5NT_oFaWwi67N"


def test_the_proxy_writes_down_no_code_that_opens_something(root: Path, tmp_path: Path) -> None:
    site = (root / "etc/nginx/conf.d/visavis.conf").read_text()
    log, port = tmp_path / "visavis.log", free_port()
    server = f"server {{ listen 127.0.0.1:{port}; access_log {log} visavis; location / {{ return 204; }} }}"
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\ndaemon off;\nevents {{}}\n"
        f"http {{ {site[: site.index('server {')]} {server} }}\n"
    )
    paths = (
        f"/f/{CODE}/", f"/v/{CODE}/", f"/interviews/seat/{CODE}/sign/", "/letter/AB12CD34/",
        f"/agenda/calendar/{CODE}.ics", f"/alerts/stop/7:{CODE}/", "/people/12/end/",
        "/static/ui/visavis.e6d49598a066.css",
    )  # fmt: skip
    with start(["nginx", "-c", tmp_path / "nginx.conf"]) as process:
        try:
            until(lambda: trying.is_taken("127.0.0.1", port), "nginx does not answer")
            for path in paths:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10).close()
        finally:
            process.terminate()
    said = [line.split()[2] for line in log.read_text().splitlines()][-len(paths) :]
    assert said == [
        "/f/-/", "/v/-/", "/interviews/seat/-/sign/", "/letter/-/",
        "/agenda/calendar/-", "/alerts/stop/-/", "/people/12/end/", "/static/ui/visavis.e6d49598a066.css",
    ]  # fmt: skip
