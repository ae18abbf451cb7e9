"""A caseload to look at."""

from tests.caseload import baking, hired, introduced, person

__all__ = ["baking", "hired", "introduced", "person"]
