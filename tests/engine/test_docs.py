"""The examples in the docstrings hold, and the README lists every file."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import visavis.engine
from visavis.engine.fast.compiled import AVAILABLE

FOLDER = Path(visavis.engine.__path__[0])
FAST = sorted(module.name for module in pkgutil.iter_modules([str(FOLDER / "fast")]))
MODULES = sorted(module.name for module in pkgutil.iter_modules(visavis.engine.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"visavis.engine.{name}")).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_the_readme_names_the_module(name: str) -> None:
    readme = (FOLDER / "README.md").read_text()
    assert f"`{name}.py`" in readme or f"`{name}/`" in readme


@pytest.mark.skipif(not AVAILABLE, reason="the extra fast is not installed")
@pytest.mark.parametrize("name", FAST)
def test_the_kernels_are_named_and_their_examples_hold(name: str) -> None:
    assert f"`{name}.py`" in (FOLDER / "README.md").read_text()
    assert doctest.testmod(importlib.import_module(f"visavis.engine.fast.{name}")).failed == 0
