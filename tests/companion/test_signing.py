"""The companion signed by the operator: what Chromium checks of it, what tells of a newer one, what policies allow."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from django.test import Client

from visavis.commands.__main__ import main
from visavis.traces import signing
from visavis.traces.packing import FILES, CannotPack

SERVICE = "https://emploi.example"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("key") / "key.pem"
    signing.draw_key(path)
    return path


@pytest.fixture(scope="module")
def files(key: Path) -> dict[str, bytes]:
    return signing.signed(key, SERVICE)


def fields(data: bytes) -> list[tuple[int, bytes]]:
    """Read a protocol buffer of fields that hold bytes: written here again, from its description."""
    found, place = [], 0

    def number() -> int:
        nonlocal place
        value = shift = 0
        while True:
            byte = data[place]
            place += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while place < len(data):
        tag, length = number(), number()
        assert tag & 7 == 2
        found.append((tag >> 3, data[place : place + length]))
        place += length
    return found


def checked(crx: bytes) -> tuple[str, bytes]:
    """Do what Chromium does with a CRX: return its identifier and its archive. Raises InvalidSignature."""
    assert crx[:4] == b"Cr24" and int.from_bytes(crx[4:8], "little") == 3
    length = int.from_bytes(crx[8:12], "little")
    header, archive = dict(fields(crx[12 : 12 + length])), crx[12 + length :]
    proof, data = dict(fields(header[2])), header[10000]
    public: Any = serialization.load_der_public_key(proof[1])
    covered = b"CRX3 SignedData\x00" + len(data).to_bytes(4, "little") + data + archive
    public.verify(proof[2], covered, padding.PKCS1v15(), hashes.SHA256())
    number = dict(fields(data))[1]
    assert number == hashlib.sha256(proof[1]).digest()[:16]
    return "".join(chr(97 + int(digit, 16)) for digit in number.hex()), archive


def test_chromium_believes_it_finds_the_newer_one_and_is_forced_to_nothing(
    files: dict[str, bytes], key: Path
) -> None:
    assert signing.signed(key, SERVICE) == files and set(files) == set(signing.SIGNED)
    number, archive = checked(files[signing.CRX])
    manifest = json.loads(zipfile.ZipFile(io.BytesIO(archive)).read("manifest.json"))
    assert manifest["update_url"] == f"{SERVICE}/companion/signed/updates.xml"
    app = ET.fromstring(files[signing.UPDATES_XML])[0]
    newer = {"codebase": f"{SERVICE}/companion/signed/{signing.CRX}", "version": manifest["version"]}
    assert (app.attrib["appid"], app[0].attrib) == (number, newer)
    policies = [json.loads(files[name]) for name in (signing.CHROMIUM_POLICY, signing.FIREFOX_POLICY)]
    text = json.dumps(policies)
    assert "force" not in text and "normal_installed" not in text and text.count('"allowed"') == 2
    assert policies[0]["ExtensionInstallAllowlist"] == [number]
    changed = bytearray(files[signing.CRX])
    changed[-30] ^= 1
    with pytest.raises(InvalidSignature):
        checked(bytes(changed))


def test_firefox_finds_the_newer_one_by_its_digest(files: dict[str, bytes]) -> None:
    xpi = files[FILES["firefox"]]
    manifest = json.loads(zipfile.ZipFile(io.BytesIO(xpi)).read("manifest.json"))
    gecko = manifest["browser_specific_settings"]["gecko"]
    assert gecko["update_url"] == f"{SERVICE}/companion/signed/updates.json"
    (newer,) = json.loads(files[signing.UPDATES_JSON])["addons"][gecko["id"]]["updates"]
    assert newer["version"] == manifest["version"]
    assert newer["update_hash"] == f"sha256:{hashlib.sha256(xpi).hexdigest()}"


def test_a_key_is_drawn_once_for_its_owner_only_and_one_that_browsers_do_not_take_is_told(
    key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert key.stat().st_mode & 0o077 == 0
    before = key.read_bytes()
    assert main(["companion", "--draw-key", str(key)]) == 1
    assert key.read_bytes() == before and "Nothing was written" in capsys.readouterr().err
    how = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "ec.pem").write_bytes(ec.generate_private_key(ec.SECP256R1()).private_bytes(*how))
    (tmp_path / "x.pem").write_text("no key")
    for name, words in (("ec.pem", "RSA"), ("x.pem", "no private key"), ("none.pem", "no private key")):
        with pytest.raises(CannotPack, match=words):
            signing.signed(tmp_path / name, SERVICE)


def test_the_command_writes_them_and_the_site_gives_them_out(
    key: Path, tmp_path: Path, client: Client, settings: Any, db: None
) -> None:
    out = tmp_path / "signed"
    assert main(["companion", "--out", str(out), "--service", SERVICE, "--sign", str(key)]) == 0
    assert client.get("/companion/signed/updates.xml").status_code == 404
    settings.VISAVIS_COMPANION = str(out)
    for name in signing.SIGNED:
        answer = client.get(f"/companion/signed/{name}")
        assert answer.content == (out / name).read_bytes(), name
    assert answer.headers["Content-Type"] == "application/json"
    (out / "other.txt").write_text("x")
    for name in ("other.txt", "..%2Fkey.pem", "companion.sha256"):
        assert client.get(f"/companion/signed/{name}").status_code == 404
    page = client.get("/companion/", headers={"accept-language": "en"}).content.decode()
    assert "What only a browser’s shop can do" in page and "The signed file for Chromium" in page
