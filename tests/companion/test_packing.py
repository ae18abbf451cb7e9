"""What people install: the same bytes from the same files, bound to one service, and nothing of the tests."""

import argparse
import hashlib
import io
import json
import zipfile

import pytest

from visavis.commands import companion
from visavis.traces import packing

SERVICE = "https://emploi.example.fr"
every_target = pytest.mark.parametrize("target", packing.FILES)


def opened(target: str, service: str = SERVICE) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(packing.pack(target, service)))


@every_target
def test_the_same_files_give_the_same_bytes(target):
    assert packing.pack(target, SERVICE) == packing.pack(target, f"{SERVICE}/")
    assert packing.pack(target, SERVICE) != packing.pack(target, "https://autre.example.fr")


@every_target
def test_it_reaches_the_service_it_was_packed_for(target):
    with opened(target) as archive:
        policy = json.loads(archive.read("manifest.json"))["content_security_policy"]["extension_pages"]
        assert f"connect-src 'self' {SERVICE};" in policy
        assert f'SERVICE = "{SERVICE}"' in archive.read("src/config.js").decode()
        assert packing.LOCAL_SERVICE.encode() not in b"".join(map(archive.read, archive.namelist()))


@every_target
def test_the_hash_in_a_proof_can_be_found_again(target):
    with opened(target) as archive:
        sums = archive.read(packing.SUMS)
        listed = dict(reversed(line.split("  ")) for line in sums.decode().splitlines())
        assert set(listed) == set(archive.namelist()) - {packing.SUMS, "src/config.js"}
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == said for name, said in listed.items())
        assert f'BUILD = "{hashlib.sha256(sums).hexdigest()}"' in archive.read("src/config.js").decode()


@every_target
def test_only_what_runs_is_packed(target):
    with opened(target) as archive:
        names = archive.namelist()
    assert not [
        name for name in names if "test" in name or "node_modules" in name or name.endswith((".csv", ".py"))
    ]
    assert {"manifest.json", "LICENSE", "src/tables/interests.json", "pages/traces.html"} <= set(names)


@pytest.mark.parametrize(
    "service",
    [
        "http://emploi.example.fr",
        "https://a.fr/x",
        "https://a.fr; script-src *",
        "ftp://a.fr",
        "a.fr",
        "",
        "https://*",
    ],
)
def test_a_service_that_is_not_the_origin_of_a_safe_site_is_refused(service):
    with pytest.raises(packing.CannotPack):
        packing.pack("chromium", service)


def test_the_command_writes_three_archives_and_their_sums(tmp_path, capsys):
    parser = argparse.ArgumentParser()
    companion.add_parser(parser.add_subparsers())
    given = ["companion", "--out", str(tmp_path / "out"), "--service", SERVICE]
    assert companion.run(parser.parse_args(given)) == 0
    sums = (tmp_path / "out" / companion.SUMS).read_text()
    assert sums == capsys.readouterr().out
    for line in sums.splitlines():
        said, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == said
    assert sorted(packing.FILES.values()) == sorted(line.split("  ")[1] for line in sums.splitlines())


def test_the_command_says_why_it_cannot(tmp_path, capsys):
    parser = argparse.ArgumentParser()
    companion.add_parser(parser.add_subparsers())
    given = ["companion", "--out", str(tmp_path / "out"), "--service", "nowhere"]
    assert companion.run(parser.parse_args(given)) == 1
    assert "nowhere" in capsys.readouterr().err and not (tmp_path / "out").exists()
