"""Answers to `visavis setup` as an operator would give them."""

from pathlib import Path

GOOD = {
    "url": "https://emploi.example",
    "phone": "04 75 00 00 00",
    "database": "postgres://visavis:secret@127.0.0.1/visavis",
    "cache": "redis://127.0.0.1/0",
    "mail": "smtp://visavis:mot%27de%40passe@mail.example",
    "mail_from": "bonjour@emploi.example",
    "agency": "Agence du Port",
    "agency_address": "1 quai Neuf",
    "agency_commune": "26362",
    "head": "direction@emploi.example",
    "head_name": "Hélène d'Arc",
}


def as_options(**changed: str) -> list[str]:
    """Return the answers as options of the command."""
    return [word for name, one in (GOOD | changed).items() for word in (f"--{name.replace('_', '-')}", one)]


def as_file(path: Path, **changed: str) -> Path:
    """Write the answers into a file."""
    lines = [f'{name} = "{one}"' for name, one in (GOOD | changed).items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
