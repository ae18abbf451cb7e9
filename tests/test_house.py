"""Guards of the whole code base."""

import ast
import re
from collections import Counter
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.programs import run

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "visavis"
MOST_LINES = 500
CODE = (".py", ".js", ".css", ".html")


def tracked(*patterns: str) -> list[Path]:
    """Return the files git knows, or will know."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    out = run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in out.splitlines() if (ROOT / line).is_file()]


def test_no_file_is_longer_than_five_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked()
        if path.suffix in CODE
        and not {"migrations", "vendor"} & set(path.parts)
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert not long


def test_what_a_test_waits_for_in_a_page_is_a_function() -> None:
    """Words are read anew with eval each time they are not true yet, which our policy of scripts forbids."""
    words = re.compile(r"wait_for_function\(\s*f?[\"'](?!\(\) =>)")
    found = [path.name for path in tracked("tests/**.py") if words.search(path.read_text(encoding="utf-8"))]
    assert not found


def test_no_test_keeps_the_day_on_which_it_was_imported() -> None:
    """A run that begins before midnight ends on the next day: what is today is asked where it is needed."""
    kept = re.compile(r"^[A-Z_]+ = clock\.today\(\)", re.MULTILINE)
    assert not [
        path.name for path in ROOT.glob("tests/**/test_*.py") if kept.search(path.read_text(encoding="utf-8"))
    ]


def test_every_template_is_used() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in tracked() if path.suffix in {".py", ".html", ".js"}
    )
    # Django and allauth look for these by themselves.
    by_name = re.compile(r"^(account|mfa|allauth|usersessions)/|^(400|403|403_csrf|404|429|500)\.html$")
    unused = [
        name
        for path in SOURCE.rglob("templates/**/*.*")
        if path.is_file()
        and not by_name.match(
            name := path.relative_to(next(p for p in path.parents if p.name == "templates")).as_posix()
        )
        and name not in text
    ]
    assert not unused


def test_no_template_has_an_inline_script_or_style() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|<style|\sstyle=|\son\w+=", re.I
    )
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in SOURCE.rglob("templates/**/*.html")
        if (match := inline.search(path.read_text(encoding="utf-8")))
    ]
    assert not found


def test_every_variable_is_in_the_operations_page() -> None:
    settings = "".join(
        (SOURCE / "config" / name).read_text("utf-8") for name in ("settings.py", "databases.py", "wires.py")
    )
    names = set(re.findall(r'environment\.\w+\(\s*"([A-Z_]+)"', settings))
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert names and not {name for name in names if f"`{name}`" not in page}


def test_every_table_of_the_page_has_its_variable() -> None:
    settings = "".join(
        (SOURCE / name).read_text("utf-8")
        for name in (
            "config/settings.py",
            "config/databases.py",
            "config/wires.py",
            "operations/connections.py",
        )
    )
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = page.split("## Every variable")[1].split("##")[0]
    told = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", table)) - {"NAME_FILE"}
    assert told and not {name for name in told if f'"{name}"' not in settings}


def test_every_model_says_what_a_row_is() -> None:
    silent = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("visavis.") and not (model.__doc__ or "").startswith("One row = ")
    ]
    assert not silent


# A table with personal data is read through visible_to, or only through one that has it.
READ_THROUGH = {
    "Jobseeker": "itself",
    "Vacancy": "itself",
    "Match": "itself",
    "CvReading": "itself",
    "Introduction": "itself",
    "Alert": "itself",
    "Account": "itself",
}


@pytest.mark.parametrize("name", READ_THROUGH)
def test_every_table_of_people_and_work_is_read_through_visible_to(name: str) -> None:
    model = next(model for model in apps.get_models() if model.__name__ == name)
    assert callable(getattr(model.objects, "visible_to", None)), f"{name}.objects.visible_to is missing"


def test_every_table_that_points_to_a_person_is_known_here() -> None:
    """A new table about people must be thought of: who reads it, and for how long (docs/operations.md)."""
    known = {
        "CvReading", "Jobseeker", "Membership", "Opinion", "Match", "MatchList", "Run", "Vacancy",
        "Introduction", "Step", "News", "Hire", "FollowUp", "Correction",
        "WantedOccupation", "Experience", "Qualification", "SkillHeld", "SpokenLanguageHeld", "ApprovedInterest",
        "CounterVisit", "Token",
        "Permit", "Stop", "Alert", "Reason", "Closing", "Notice", "Hold", "Consent", "Report", "Hiding",
        "Account", "Check", "Invitation", "Joining", "Absence", "Handover", "HandoverStep", "Frozen", "NameWord",
        "Thread", "Message", "Opening", "Draft", "Broadcast", "LinkedIdentity", "Letter", "Batch", "Admission", "Mark",
        "Mandate", "Document", "Expected", "Partial", "Session", "Closure", "OpenDay", "WeekChange",
        "Appointment", "Quantum", "Receiving", "OtherDay", "Workshop", "CalendarAddress", "TimesAsked", "Meeting",
        "OutsideCalendar", "Busy",
        "Ticket", "TicketStep", "Alarm", "AlarmAnswer",
        "Scan", "Part", "Cover", "SheetReading", "InterviewStep", "Seat", "SeatStep", "Laid", "CallStep",
        "Minutes", "MinutesVersion", "Note", "Plan", "PlanStep", "Ending", "EndingStep",
        "Station", "Badge", "HelpCall", "Unreached", "Attempt", "Merge",
    }  # fmt: skip
    people = {"User", "Jobseeker"}
    found = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("visavis.")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.OneToOneField)
        and field.related_model.__name__ in people
    }
    assert found <= known, f"think of {found - known}, then add them here"


def test_no_import_inside_a_function_breaks_a_cycle() -> None:
    """Local imports are for apps that are not loaded yet and for optional packages; each says so with PLC0415."""
    unexplained = []
    for path in SOURCE.rglob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for inner in ast.walk(node):
                    is_import = isinstance(inner, ast.Import | ast.ImportFrom)
                    if is_import and "PLC0415" not in lines[inner.lineno - 1]:
                        unexplained.append(f"{path.relative_to(ROOT)}:{inner.lineno}")
    assert not unexplained


@cache
def imports_in(path: Path) -> list[ast.Import | ast.ImportFrom]:
    """Return the imports of a file, wherever in it they stand: read once for all tests."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]


def imported(path: Path, modules: dict[str, Path]) -> set[str]:
    """Return the modules of ours that a file imports."""
    found: set[str] = set()
    for node in imports_in(path):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            inside = {f"{node.module}.{alias.name}" for alias in node.names} & modules.keys()
            found |= inside or {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & modules.keys()


def test_no_files_import_each_other_in_a_circle() -> None:
    """Read from the imports themselves, those inside functions and those for types included."""
    modules = {
        ".".join(("visavis", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__"): path
        for path in SOURCE.rglob("*.py")
    }
    arrows = {name: imported(path, modules) - {name} for name, path in modules.items()}
    with pytest.raises(CycleError):
        TopologicalSorter({"visavis.a": {"visavis.b"}, "visavis.b": {"visavis.a"}}).prepare()
    TopologicalSorter(arrows).prepare()


def test_a_room_holds_about_a_dozen_files() -> None:
    for app in ("engine", "matches", "vacancies/feeds"):
        for folder in (SOURCE / app, *(SOURCE / app).rglob("*/")):
            files = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
            assert len(files) <= 12 or folder.name == "migrations", folder


def test_no_registry_or_path_of_a_machine_is_in_a_file() -> None:
    pattern = re.compile(
        r"https?://[^\s\"']+\.(whl|tgz|tar\.gz)|index-url|\"resolved\":|/work/(main|shared)|/root/"
    )
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked()
        if path.suffix in {".py", ".md", ".toml", ".txt", ".json", ".js", ".html", ".sh", ""}
        and path.name not in {"test_house.py", "LICENSE"}
        and (match := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert not found


def test_the_engine_has_no_other_importer_than_the_bridge_the_shards_the_titles_and_the_command_line() -> (
    None
):
    """The contract of import-linter names whole packages; here, file by file."""
    catalog = ("catalog/titles.py", "catalog/phrases.py", "catalog/travel.py", "catalog/distances.py")
    allowed = ("engine/", "shards/", "commands/", "matches/bridge/", "searches/index/", *catalog)
    importers = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if re.search(r"^\s*(from|import) visavis\.engine\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert "matches/bridge/market.py" in importers
    assert not {name for name in importers if not name.startswith(allowed)}


def test_what_others_take_from_the_bridge_is_of_the_bridge() -> None:
    """Nobody gets a type or a function of the engine through it: then many files would be bridges."""
    bridge = SOURCE / "matches" / "bridge"
    own = {
        path.stem: set(re.findall(r"^(?:class |def |type )?(\w+)", path.read_text(encoding="utf-8"), re.M))
        for path in bridge.rglob("*.py")
    }
    own |= {room.name: {path.stem for path in room.glob("*.py")} for room in bridge.rglob("*/")}
    handed_on = []
    for path in SOURCE.rglob("*.py"):
        if bridge in path.parents:
            continue
        for node in imports_in(path):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("visavis.matches.bridge."):
                names = {alias.name for alias in node.names}
                handed_on += [(path.name, name) for name in names - own[str(node.module).rpartition(".")[2]]]
    assert not handed_on


def test_the_portal_knows_no_app_by_name() -> None:
    """Homes and desk fold what each app says (people/waiting.py)."""
    known = {"agencies", "common", "folding", "jobseekers", "journal", "people", "portal", "ui"}
    modules = {
        ".".join(("visavis", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__"): path
        for path in SOURCE.rglob("*.py")
    }
    named = {
        name.split(".")[1] for path in (SOURCE / "portal").rglob("*.py") for name in imported(path, modules)
    }
    assert "people" in named and not named - known


def test_every_python_file_that_a_text_names_is_there() -> None:
    """In docs and comments of today; what was decided or changed on a day keeps the names of that day."""
    there = {"/".join(path.parts[at:]) for path in tracked() for at in range(1, len(path.parts))}
    named = re.compile(r"(?<![\w/.<*{-])((?:\w+/)*\w+\.py)\b")
    elsewhere = {"test_consistency.py"}  # of another project, in docs/house-style.md
    missing = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in tracked("*.md", "*.py")
        if "decisions" not in path.parts and path.name != "CHANGELOG.md"
        for name in named.findall(path.read_text(encoding="utf-8"))
        if name not in there and name not in elsewhere
    ]
    assert not missing


def test_every_file_that_the_map_names_is_there() -> None:
    """Of any kind: who follows a person's data by the map alone opens each of them."""
    text = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    there = {"/".join(path.parts[at:]) for path in tracked() for at in range(1, len(path.parts))}
    named = set(re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:css|html|js|md|py|toml))`", text))
    assert len(named) > 100 and not named - there


def test_nothing_in_src_is_only_for_tests_and_benches() -> None:
    """A function or a class at the top of a file is named elsewhere in src, in a template or in a script."""
    kinds = ("*.py", "*.html", "*.js", "*.toml", "*.typ", "scripts/*")
    words: Counter[str] = Counter()
    for path in tracked(*kinds):
        if SOURCE in path.parents or path.parent.name == "scripts" or path == ROOT / "pyproject.toml":
            words.update(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    alone = [
        f"{path.relative_to(SOURCE)}: {node.name}"
        for path in SOURCE.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and words[node.name] == 1
        and path.name != "apps.py"
        and "migrations" not in path.parts
    ]
    assert not alone


def rooms_drawn(app: str) -> dict[str, set[str]]:
    """Return the arrows between the rooms of an app as docs/map.md draws them."""
    text = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    drawing = text.partition(f"%% {app}\n")[2].partition("```")[0]
    arrows = (line.split(" --> ") for line in drawing.splitlines() if line)
    return {room: set(below.split(" & ")) for room, below in arrows}


def rooms_imported(app: str, *, but: set[str]) -> dict[str, set[str]]:
    """Return the arrows between the rooms of an app as the imports have them."""
    modules = {
        ".".join(("visavis", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__"): path
        for path in (SOURCE / app).rglob("*.py")
    }
    found: dict[str, set[str]] = {}
    for name, path in modules.items():
        rooms = {name.split(".")[2] for name in imported(path, modules) if name.count(".") > 1}
        room = [*name.split("."), ""][2]
        if room not in but and (below := rooms - {room, *but}):
            found.setdefault(room, set()).update(below)
    return found


def test_the_map_draws_the_rooms_as_they_import_each_other() -> None:
    everywhere = {"arrays", "ragged", "weights", "version"}
    assert rooms_drawn("engine") == rooms_imported("engine", but=everywhere)
    assert rooms_drawn("matches") == rooms_imported("matches", but={"migrations"})
