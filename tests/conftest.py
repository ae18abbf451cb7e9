"""What every test may ask for."""

import os
from pathlib import Path

import pytest

from tests import personas

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input, which is not part of the project; without it the test is skipped."""
    folder = Path(os.environ.get("VISAVIS_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip(f"real input is not on this machine: {folder} (set VISAVIS_SHARED)")
    return folder


@pytest.fixture
def town(db: None) -> personas.Town:
    """The personas and what is theirs."""
    return personas.build()
