"""The library knows nothing of the site, and no predictable chance."""

import ast
import doctest
import importlib
import pkgutil
import re
import sys
from pathlib import Path

import visavis.privacy

SOURCE = Path(visavis.privacy.__file__).parent
COMPANION = Path(__file__).resolve().parents[2] / "companion" / "src" / "privacy"
MODULES = [one.name for one in pkgutil.iter_modules(visavis.privacy.__path__)]
ALLOWED = {"numpy", "scipy", "visavis", *sys.stdlib_module_names}


def imported(path: Path) -> set[str]:
    """Return every module that a file names in an import."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_only_numpy_scipy_and_the_standard_library_are_imported_and_no_predictable_chance() -> None:
    found = {name for path in SOURCE.glob("*.py") for name in imported(path)}
    assert not {name for name in found if name.split(".")[0] not in ALLOWED}
    assert not {
        name for name in found if name.startswith("visavis") and not name.startswith("visavis.privacy")
    }
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCE.glob("*.py"))
    assert not re.search(r"\bimport random\b|np\.random|numpy\.random|default_rng", text)
    script = "".join(path.read_text(encoding="utf-8") for path in COMPANION.glob("*.js"))
    assert script and "Math.random" not in script and "getRandomValues" in script


def test_drawing_uses_no_floating_point() -> None:
    """Neither numpy, nor a float, nor a division that is not of whole numbers, on the way from bytes to a report."""
    assert not {"numpy", "scipy"} & {name.split(".")[0] for name in imported(SOURCE / "exact.py")}
    tree = ast.parse((SOURCE / "exact.py").read_text()).body
    drawing = {"draw", "padded", "report_at", "over", "under", "missing", "meeting", "total", "_around"}
    for part in ast.walk(ast.parse((SOURCE / "privset.py").read_text())):
        if isinstance(part, ast.FunctionDef) and part.name in drawing:
            tree.append(part)
    nodes = [node for part in tree for node in ast.walk(part)]
    assert len(tree) > 15 and not [node for node in nodes if isinstance(node, ast.Div)]
    assert not [node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, float)]


def test_the_companion_reads_only_its_own_files() -> None:
    script = "".join(path.read_text(encoding="utf-8") for path in COMPANION.glob("*.js"))
    assert set(re.findall(r'from "([^"]+)"', script)) <= {"./exact.js", "./privset.js"}
    code = re.sub(r"/\*.*?\*/", "", script, flags=re.S)
    assert not re.search(r"\b(fetch|XMLHttpRequest|document|window|eval|import\()\b", code)


def test_the_examples_are_true_and_the_readme_names_each_module() -> None:
    for name in MODULES:
        assert not doctest.testmod(importlib.import_module(f"visavis.privacy.{name}")).failed
    for name in MODULES:
        assert f"`{name}.py`" in (SOURCE / "README.md").read_text(encoding="utf-8")
