"""The companion as people install it: three archives, the same bytes from the same files, bound to one service.

Nothing is built: files are copied, and two of them say where the service is. `files.sha256` in each archive lists
its files but the configuration, which holds the hash of this list: the one that the proof of a consent names.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import visavis

_PACKAGE = Path(visavis.__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1] / "companion"
SOURCE = _CHECKOUT if _CHECKOUT.is_dir() else _PACKAGE / "companion"
"""Beside `src/` in a checkout; inside the package where a wheel was installed."""

FILES = {
    "chromium": "visavis-companion-chromium.zip",
    "firefox": "visavis-companion-firefox.xpi",
    "thunderbird": "visavis-companion-thunderbird.xpi",
}
LOCAL_SERVICE = "http://127.0.0.1:8000"
SUMS = "files.sha256"

_PACKED = (
    "_locales/**/*.json",
    "icons/*.png",
    "icons/mark.svg",
    "pages/*",
    "src/**/*.js",
    "src/tables/*.json",
    "vendor/**/*",
)
_CONFIG = "src/config.js"
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
_HERE = {"127.0.0.1", "localhost"}
# The oldest date that a zip can hold: archives say nothing of when or where they were made.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


class CannotPack(ValueError):
    """The companion cannot be packed; the message says why."""


def is_here() -> bool:
    """Say whether the companion's files are on this machine."""
    return (SOURCE / "manifest.json").is_file()


def pack(target: str, service: str = LOCAL_SERVICE, updates: str = "") -> bytes:
    """Return the archive for chromium, firefox or thunderbird, able to reach `service` (an origin) and nothing else.

    `updates` is where the browser looks for a newer one, of those that are signed.

    Raises CannotPack when the files are absent, or the service is not the origin of a site with https (here: http too).
    """
    if not is_here():
        raise CannotPack(
            f"{SOURCE}: the companion’s files are not here. They come with a checkout of Vis-à-vis, and with its wheel."
        )
    origin = origin_of(service)
    files = {name: content for name, content in _copied() if name != _CONFIG}
    files["manifest.json"] = _manifest(target, origin, updates)
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
    files[SUMS] = sums
    files[_CONFIG] = _config(origin, hashlib.sha256(sums).hexdigest())
    return _archive(files)


def origin_of(service: str) -> str:
    """Return a service's origin. Raises CannotPack where it is none, or has no https (here: http too)."""
    origin = service.rstrip("/").lower()
    parts = urlsplit(origin)
    if not _ORIGIN.fullmatch(origin) or (parts.scheme == "http" and parts.hostname not in _HERE):
        raise CannotPack(
            f"{service}: give the address of the service, such as https://emploi.example.fr, and nothing after it."
        )
    return origin


def _copied() -> Iterator[tuple[str, bytes]]:
    beside = SOURCE / "LICENSE"
    yield "LICENSE", (beside if beside.exists() else SOURCE.parent / "LICENSE").read_bytes()
    for pattern in _PACKED:
        for path in SOURCE.glob(pattern):
            if path.is_file():
                yield path.relative_to(SOURCE).as_posix(), path.read_bytes()


def _manifest(target: str, origin: str, updates: str) -> bytes:
    """Return the manifest with the service's address, without what this browser does not know."""
    name = "manifest.thunderbird.json" if target == "thunderbird" else "manifest.json"
    text = (SOURCE / name).read_text(encoding="utf-8")
    manifest: dict[str, Any] = json.loads(text.replace(LOCAL_SERVICE, origin))
    if target == "chromium":
        manifest.pop("browser_specific_settings")
        manifest["background"].pop("scripts")
        if updates:
            manifest["update_url"] = updates
    elif target == "firefox":
        manifest.pop("minimum_chrome_version")
        manifest["background"].pop("service_worker")
        manifest["content_scripts"] = [_relay(origin)]
        if updates:
            manifest["browser_specific_settings"]["gecko"]["update_url"] = updates
    return json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"


def _relay(origin: str) -> dict[str, Any]:
    """Return what lets the companion speak with one page of the service, for Firefox (see companion/PROTOCOL.md)."""
    address = urlsplit(origin)
    # A pattern of Firefox has no port.
    page = f"{address.scheme}://{address.hostname}/companion/window/*"
    return {"matches": [page], "js": ["src/relay.js"], "run_at": "document_start"}


def _config(origin: str, build: str) -> bytes:
    text = (SOURCE / _CONFIG).read_text(encoding="utf-8")
    return (
        text.replace(f'"{LOCAL_SERVICE}"', f'"{origin}"')
        .replace('BUILD = "source"', f'BUILD = "{build}"')
        .encode()
    )


def _archive(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return written.getvalue()
