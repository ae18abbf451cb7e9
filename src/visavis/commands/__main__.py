"""The `visavis` command: its own words are the modules beside this one, any other word goes to Django."""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Callable, Sequence
from types import ModuleType

from django.core.management import execute_from_command_line

from visavis import commands
from visavis.operations.installing import account

DESCRIPTION = "Vis-à-vis: the desk where a jobseeker, a counsellor and an employer meet."
EPILOG = (
    "match, occupations, vacancies, search, generate and audit work on tables in files: install visavis[tables]. "
    "Any other word is a command of Django: visavis migrate, visavis runserver… (visavis help lists them)."
)

# What a shell expects of a command that Ctrl-C stopped.
INTERRUPTED = 130


def _names() -> list[str]:
    return sorted(name for _, name, _ in pkgutil.iter_modules(commands.__path__) if not name.startswith("_"))


def _module(name: str) -> ModuleType | None:
    """Import a module of this package; None when it works on tables and their extra is not installed."""
    try:
        return importlib.import_module(f"{commands.__name__}.{name}")
    except ModuleNotFoundError as missing:
        if missing.name != "polars":
            raise
        return None


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give the status the shell expects."""
    # What a command writes may tell of people: nobody else on the machine reads it.
    os.umask(0o077)
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["--environment"]:
        words = account.enter(words)
    names = _names()
    is_general = not words or words[0].startswith("-")
    # Only the module asked for is imported: the others would cost a Django command a second.
    modules = {name: _module(name) for name in names if is_general or name == words[0]}
    if not is_general and None in modules.values():
        sys.stderr.write(f"visavis {words[0]} needs an optional package: install visavis[tables].\n")
        return 1
    # A command is a module that offers `add_parser(subparsers)` and `run(args)`.
    offered = {name: module for name, module in modules.items() if module and hasattr(module, "add_parser")}
    if not is_general and not offered:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.config.settings")
        execute_from_command_line(["visavis", *words])
        return 0
    parser = argparse.ArgumentParser(prog="visavis", description=DESCRIPTION, epilog=EPILOG)
    subparsers = parser.add_subparsers(dest="word", required=True, metavar="COMMAND")
    for module in offered.values():
        module.add_parser(subparsers)
    args = parser.parse_args(words)
    command: Callable[[argparse.Namespace], int] = offered[args.word].run
    try:
        return command(args)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped: no file was written.\n")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
