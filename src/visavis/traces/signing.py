"""The companion signed by the operator's own key, with what tells browsers of a newer one, and policies that allow it.

A CRX file of version 3 (Chromium's `components/crx_file/crx3.proto`) is a header, which holds the public key and a
signature of header and archive, before the same archive that is loaded unpacked. Its identifier is the digest of the
key: whoever signs with another key makes another companion. Firefox takes a signature of Mozilla only.
"""

import hashlib
import json
from pathlib import Path
from xml.sax.saxutils import quoteattr

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from visavis.traces.packing import FILES, SOURCE, CannotPack, origin_of, pack

CRX, UPDATES_XML, UPDATES_JSON = "visavis-companion.crx", "updates.xml", "updates.json"
CHROMIUM_POLICY, FIREFOX_POLICY = "policy-chromium.json", "policy-firefox.json"
SIGNED = (CRX, FILES["firefox"], UPDATES_XML, UPDATES_JSON, CHROMIUM_POLICY, FIREFOX_POLICY)
"""What is made, and given out under `/companion/signed/`."""

BITS = 2048
_MAGIC, _VERSION, _CONTEXT = b"Cr24", 3, b"CRX3 SignedData\x00"
# Numbers of the fields in crx3.proto, and of a field that holds bytes.
_RSA_PROOF, _SIGNED_DATA, _BYTES = 2, 10000, 2
_UPDATES = "/companion/signed/"


def draw_key(path: Path) -> None:
    """Draw the operator's key into a new file that nobody else reads; one that is there is never written over."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    plain = serialization.NoEncryption()
    with path.open("xb") as file:
        path.chmod(0o600)
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))


def signed(key_file: Path, service: str) -> dict[str, bytes]:
    """Return every file by its name. Raises CannotPack for a key or an address that will not do."""
    key, origin = _key(key_file), origin_of(service)
    crx = crx_of(pack("chromium", service, updates=origin + _UPDATES + UPDATES_XML), key)
    xpi = pack("firefox", service, updates=origin + _UPDATES + UPDATES_JSON)
    manifest = json.loads((SOURCE / "manifest.json").read_text(encoding="utf-8"))
    version, gecko = manifest["version"], manifest["browser_specific_settings"]["gecko"]["id"]
    number, crx_url, xpi_url = identifier(key), origin + _UPDATES + CRX, origin + _UPDATES + FILES["firefox"]
    allowed = {"installation_mode": "allowed"}
    newer = {
        "version": version,
        "update_link": xpi_url,
        "update_hash": f"sha256:{hashlib.sha256(xpi).hexdigest()}",
    }
    return {
        CRX: crx,
        FILES["firefox"]: xpi,
        UPDATES_XML: _updates_xml(number, crx_url, version),
        UPDATES_JSON: _json({"addons": {gecko: {"updates": [newer]}}}),
        # Allowed, never forced: nobody has to have it.
        CHROMIUM_POLICY: _json({
            "ExtensionInstallAllowlist": [number],
            "ExtensionInstallSources": [f"{origin}/*"],
            "ExtensionSettings": {number: allowed | {"update_url": origin + _UPDATES + UPDATES_XML}},
        }),
        FIREFOX_POLICY: _json({
            "policies": {
                "InstallAddonsPermission": {"Allow": [origin], "Default": False},
                "ExtensionSettings": {gecko: allowed | {"install_url": xpi_url}},
            }
        }),
    }  # fmt: skip


def identifier(key: rsa.RSAPrivateKey) -> str:
    """Return Chromium's name of what a key signs: half a digest of the public key, in the letters a to p."""
    half = hashlib.sha256(_public(key)).hexdigest()[:32]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in half)


def crx_of(archive: bytes, key: rsa.RSAPrivateKey) -> bytes:
    """Return a signed CRX of version 3; the same archive and key give the same bytes."""
    data = _field(1, hashlib.sha256(_public(key)).digest()[:16])
    covered = _CONTEXT + len(data).to_bytes(4, "little") + data + archive
    signature = key.sign(covered, padding.PKCS1v15(), hashes.SHA256())
    proof = _field(1, _public(key)) + _field(2, signature)
    header = _field(_RSA_PROOF, proof) + _field(_SIGNED_DATA, data)
    return _MAGIC + _VERSION.to_bytes(4, "little") + len(header).to_bytes(4, "little") + header + archive


def _key(path: Path) -> rsa.RSAPrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise CannotPack(
            f"{path}: this is no private key that can be read. Draw one with --draw-key."
        ) from error
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < BITS:
        raise CannotPack(
            f"{path}: browsers take an RSA key of {BITS} bits or more. Draw one with --draw-key."
        )
    return key


def _public(key: rsa.RSAPrivateKey) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.DER, form)


def _field(number: int, content: bytes) -> bytes:
    """Return a field of a protocol buffer that holds bytes."""
    return _varint(number << 3 | _BYTES) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)


def _updates_xml(number: str, url: str, version: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">\n'
        f"  <app appid={quoteattr(number)}>\n"
        f"    <updatecheck codebase={quoteattr(url)} version={quoteattr(version)}/>\n"
        "  </app>\n</gupdate>\n"
    ).encode()


def _json(said: object) -> bytes:
    return json.dumps(said, indent=2).encode() + b"\n"
