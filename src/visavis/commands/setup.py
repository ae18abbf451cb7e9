"""`visavis setup`: install the service, again as often as one likes, and `--check` what is wrong with it."""

import argparse
import json
import sys
import tomllib
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from visavis.operations.installing import checking, continuous, owner, relay, steps, trying
from visavis.operations.installing.files import PORT, SECRET, File, Places, all_files
from visavis.operations.installing.questions import QUESTIONS, Answers, option, read_all
from visavis.operations.installing.trying import Finding
from visavis.operations.installing.values import NONE, WrongAnswer
from visavis.operations.installing.variables import Variables, as_answers, of_answers, read_file
from visavis.operations.installing.writing import write_all

DESCRIPTION = (
    "Asks what it needs (or is told by options or a file), tries every answer, writes the variables, the units of "
    "systemd and the site of nginx, fills the database, opens the first agency. Run it again after an upgrade."
)
COLOURS = {"well": "green", "look": "yellow", "wrong": "red"}
WRONG_ANSWER = 2


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("setup", help="install the service, or check it", description=DESCRIPTION)
    parser.add_argument(
        "--check", action="store_true", help="say what is wrong with what is installed; change nothing"
    )
    parser.add_argument(
        "--answers", type=Path, metavar="FILE", help="answers in TOML: name = “value”; for secrets too"
    )
    parser.add_argument(
        "--root", type=Path, default=Path("/"), help="a folder that stands for the machine (/)"
    )
    parser.add_argument("--account", default="visavis", help="the account that runs the service (visavis)")
    parser.add_argument(
        "--files-only", action="store_true", help="write the files; touch no database, start nothing"
    )
    for question in QUESTIONS:
        parser.add_argument(f"--{option(question.name)}", dest=f"of_{question.name}", help=question.words)


def run(args: argparse.Namespace) -> int:
    """Install or check. Exits with 2 for a wrong answer, 1 when something does not work."""
    places = Places(root=args.root.resolve(), account=args.account)
    try:
        before = read_file(places.environment)
        if args.check:
            return check(before, places)
        return install(args, before, places)
    except WrongAnswer as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_ANSWER


def check(variables: Variables, places: Places) -> int:
    """Tell what is wrong, a line each."""
    if "VISAVIS_URL" not in variables:
        raise WrongAnswer(
            f"Nothing is installed here: {places.environment} is missing. Run `visavis setup` first."
        )
    return tell(list(checking.everything(variables, places)))


def install(args: argparse.Namespace, before: Variables, places: Places) -> int:
    """Ask, try, write, fill, start."""
    told = told_in(args)
    answers = read_all(told, answered_before(before, places), ask=sys.stdin.isatty())
    if not trying.may_write(places.environment.parent):
        raise WrongAnswer(f"{places.environment.parent} cannot be written here: run this as root.")
    variables = of_answers(answers, before, folder=Path(places.as_seen(places.folder)), here=places.folder)
    files = [*all_files(answers, variables, places), *continuous.files(answers, variables, places)]
    files += relay.files(answers, variables, places)
    files += owner.files(answers, variables, places)
    files.append(kept(answers, places))
    here = variables | {"VISAVIS_VAR": str(places.folder)}
    # What is written for another machine finds its port there.
    on_here = (
        [trying.program(), trying.port(PORT), *relay.program(answers)] if places.root == Path("/") else []
    )
    if not args.files_only and tell([*map(relay.before, owner.everything(here, answers["owner"])), *on_here]):
        sys.stderr.write("Nothing was written. Mend what is wrong above, then run this again.\n")
        return 1
    changed = write_all(files)
    owner.forget(answers, places)
    say("files", f"{len(changed)} written, {len(files) - len(changed)} as they were")
    if not args.files_only:
        fill(answers, here, places)
    for command in [] if args.files_only else steps.start(answers, places, changed):
        say("to do", command)
    say("next", "visavis setup --check")
    return 0


def fill(answers: Answers, variables: Variables, places: Places) -> None:
    """Make the account, the folder, the tables, the first people; tell each."""
    for step in (steps.account(places), steps.folders(answers, places)):
        if step:
            say(step.name, step.words)
    makes = owner.variables_of(answers, variables, places)
    for step in steps.fill(answers, variables, makes, places):
        say(step.name, step.words)


def told_in(args: argparse.Namespace) -> Answers:
    """Return what options and the file of answers say; an option counts more."""
    found: Answers = {}
    if args.answers:
        try:
            found = {
                name: str(value) for name, value in tomllib.loads(args.answers.read_text("utf-8")).items()
            }
        except (OSError, ValueError) as error:
            raise WrongAnswer(f"{args.answers} cannot be read: {error}") from error
    return found | {
        one.name: told for one in QUESTIONS if (told := getattr(args, f"of_{one.name}")) is not None
    }


def answered_before(variables: Variables, places: Places) -> Answers:
    """Return what was answered last time; what the file of variables says counts more."""
    try:
        found = {
            str(name): str(value) for name, value in json.loads(places.answers.read_text("utf-8")).items()
        }
    except (OSError, ValueError, AttributeError):
        found = {}
    if variables:
        found["owner"] = owner.told_before(places) or NONE
    return found | as_answers(variables)


def kept(answers: Answers, places: Places) -> File:
    """Return the file that keeps what was answered, but for secrets, which the variables hold."""
    secret = {one.name for one in QUESTIONS if one.is_secret}
    text = json.dumps(
        {name: one for name, one in answers.items() if name not in secret}, indent=1, ensure_ascii=False
    )
    return File(places.answers, f"{text}\n", SECRET)


def tell(findings: list[Finding]) -> int:
    """Print what was found; 1 when something is wrong."""
    for one in findings:
        say(one.name, one.words, one.level)
    return 1 if checking.has_worse(findings) else 0


def say(name: str, words: str, level: str = "well") -> None:
    """Print one line: level, name, words."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"[{COLOURS[level]}]{level:<6}[/] {escape(name):<14} {escape(words)}")
