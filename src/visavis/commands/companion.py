"""`visavis companion`: write the companion as people install it, for Chromium, Firefox and Thunderbird."""

import argparse
import hashlib
import sys
from pathlib import Path
from typing import Any

from visavis.traces import signing
from visavis.traces.packing import FILES, LOCAL_SERVICE, CannotPack, pack

SUMS = "companion.sha256"


def add_parser(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser(
        "companion",
        help="write the companion that people install, bound to your service",
        description="Write three archives and their SHA-256. The same files and service always give the same bytes.",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to write; made if absent")
    parser.add_argument(
        "--sign",
        type=Path,
        metavar="FILE",
        help="sign with your own key: a CRX, manifests of updates and policies as well, for VISAVIS_COMPANION",
    )
    parser.add_argument(
        "--draw-key", type=Path, metavar="FILE", help="draw that key into a new file, and stop"
    )
    parser.add_argument(
        "--service",
        default=LOCAL_SERVICE,
        metavar="URL",
        help="the only address it may reach (default: %(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    """Write the archives; 1 when they cannot be made."""
    if args.draw_key:
        return draw(args.draw_key)
    if not args.out:
        sys.stderr.write("Say where to write: --out DIR.\n")
        return 1
    try:
        packed = {FILES[target]: pack(target, args.service) for target in FILES}
        if args.sign:
            packed |= signing.signed(args.sign, args.service)
    except CannotPack as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    args.out.mkdir(parents=True, exist_ok=True)
    for name, content in packed.items():
        (args.out / name).write_bytes(content)
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in packed.items())
    (args.out / SUMS).write_text(sums, encoding="utf-8")
    sys.stdout.write(sums)
    return 0


def draw(path: Path) -> int:
    """Draw the operator's key; 1 where the file is there already or cannot be written."""
    try:
        signing.draw_key(path)
    except OSError as error:
        sys.stderr.write(f"{path}: {error.strerror}. Nothing was written.\n")
        return 1
    sys.stdout.write(
        f"{path}: keep it apart and keep it. Signed by another key, the companion is another one.\n"
    )
    return 0
