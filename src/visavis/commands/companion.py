"""`visavis companion`: write the companion as people install it, for Chromium, Firefox and Thunderbird."""

import argparse
import hashlib
import sys
from pathlib import Path
from typing import Any

from visavis.traces.packing import FILES, LOCAL_SERVICE, CannotPack, pack

SUMS = "companion.sha256"


def add_parser(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser(
        "companion",
        help="write the companion that people install, bound to your service",
        description="Write three archives and their SHA-256. The same files and service always give the same bytes.",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="where to write; made if absent"
    )
    parser.add_argument(
        "--service",
        default=LOCAL_SERVICE,
        metavar="URL",
        help="the only address it may reach (default: %(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    """Write the archives; 1 when they cannot be made."""
    try:
        packed = {FILES[target]: pack(target, args.service) for target in FILES}
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
