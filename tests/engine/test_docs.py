"""The examples in the docstrings hold, and the README lists every file."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import visavis.engine

FOLDER = Path(visavis.engine.__path__[0])
MODULES = sorted(module.name for module in pkgutil.iter_modules(visavis.engine.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"visavis.engine.{name}")).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_the_readme_names_the_module(name: str) -> None:
    assert f"`{name}.py`" in (FOLDER / "README.md").read_text()
