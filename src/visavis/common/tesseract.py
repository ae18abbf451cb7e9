"""Words in pictures, by `tesseract`: a program of its own, when the machine has it."""

import io
import os
import shutil
import subprocess

from PIL import Image

type Picture = Image.Image

LANGUAGES = "fra+eng"
LEAST_TURN_SURE = 2.0


class NotRead(RuntimeError):
    """The program took too long, or could not be started."""


def is_possible() -> bool:
    """Say whether this machine can read pictures."""
    return shutil.which("tesseract") is not None


def read(picture: Picture, *options: str, seconds: float) -> str:
    """Give a picture to tesseract and return what it writes; nothing when it fails. Raises NotRead."""
    kept = io.BytesIO()
    picture.save(kept, "PNG", compress_level=1)
    program = shutil.which("tesseract") or "tesseract"
    try:
        done = subprocess.run(  # noqa: S603  (fixed arguments, the picture on standard input)
            [program, "-", "-", *options],
            input=kept.getvalue(),
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise NotRead from error
    return done.stdout.decode("utf-8", "replace")


def turn_of(picture: Picture, *, seconds: float) -> int:
    """Return by how many degrees clockwise a page has to be turned to stand upright, 0 when that is not sure.

    Raises NotRead.
    """
    said = read(picture, "--psm", "0", "-l", "osd", seconds=seconds)
    facts = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    try:
        turn, sure = int(facts.get("Rotate", "0")), float(facts.get("Orientation confidence", "0"))
    except ValueError:
        return 0
    return turn if sure >= LEAST_TURN_SURE else 0
