"""What people install: the same bytes from the same files, bound to one service, and nothing of the tests."""

import argparse
import hashlib
import io
import json
import re
import zipfile

import pytest

from visavis.commands import companion
from visavis.traces import packing

SERVICE = "https://emploi.example.fr"
every_target = pytest.mark.parametrize("target", packing.FILES)


@every_target
def test_the_same_files_give_the_same_bytes_of_what_runs_bound_to_one_service(target):
    packed = packing.pack(target, SERVICE)
    assert packed == packing.pack(target, f"{SERVICE}/") != packing.pack(target, "https://autre.example.fr")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    policy = json.loads(found["manifest.json"])["content_security_policy"]["extension_pages"]
    config = found["src/config.js"].decode()
    assert f"connect-src 'self' {SERVICE};" in policy and f'SERVICE = "{SERVICE}"' in config
    assert packing.LOCAL_SERVICE.encode() not in b"".join(found.values())
    # The hash in a proof can be found again.
    listed = dict(reversed(line.split("  ")) for line in found[packing.SUMS].decode().splitlines())
    assert set(listed) == set(found) - {packing.SUMS, "src/config.js"}
    assert all(hashlib.sha256(found[name]).hexdigest() == said for name, said in listed.items())
    assert f'BUILD = "{hashlib.sha256(found[packing.SUMS]).hexdigest()}"' in config
    assert not [name for name in found if re.search(r"test|node_modules|\.(csv|py)$", name)]
    assert {"manifest.json", "LICENSE", "src/tables/interests.json", "pages/traces.html"} <= set(found)


def test_a_service_that_is_not_the_origin_of_a_safe_site_is_refused():
    for service in (
        "http://emploi.example.fr", "https://a.fr/x", "https://a.fr; script-src *", "ftp://a.fr", "a.fr", "", "https://*",
    ):  # fmt: skip
        with pytest.raises(packing.CannotPack):
            packing.pack("chromium", service)


def test_the_command_writes_three_archives_and_their_sums_or_says_why_it_cannot(tmp_path, capsys):
    parser = argparse.ArgumentParser()
    companion.add_parser(parser.add_subparsers())
    given = ["companion", "--out", str(tmp_path / "out"), "--service"]
    assert companion.run(parser.parse_args([*given, "nowhere"])) == 1
    assert "nowhere" in capsys.readouterr().err and not (tmp_path / "out").exists()
    assert companion.run(parser.parse_args([*given, SERVICE])) == 0
    sums = (tmp_path / "out" / companion.SUMS).read_text()
    assert sums == capsys.readouterr().out
    listed = dict(reversed(line.split("  ")) for line in sums.splitlines())
    assert sorted(packing.FILES.values()) == sorted(listed)
    for name, said in listed.items():
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == said
