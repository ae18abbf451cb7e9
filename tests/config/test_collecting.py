"""A process of the site does not search, in the middle of pages, through what stands until it ends."""

import sys

from tests.programs import run
from visavis.config import collecting

ASKED = """
import gc
from visavis.config import collecting
stands = [[] for _one in range(50_000)]
looks = []
gc.callbacks.append(lambda phase, info: looks.append(info["generation"]))
def page():
    return [[] for _one in range(10_000)]
collecting.keep_what_stands()
looks.clear()
for _page in range(20):
    page()
print(len(looks), sum(one is stands for one in gc.get_objects()))
gc.set_threshold(2_000)
gc.unfreeze()
looks.clear()
for _page in range(20):
    page()
print(len(looks), sum(one is stands for one in gc.get_objects()))
"""


STARTED = """
import gc
import django
looks = []
gc.callbacks.append(lambda phase, info: looks.append(info["generation"]))
django.setup()
print(gc.get_threshold()[0], looks.count(2))
"""


def test_a_process_hardly_searches_while_it_starts() -> None:
    done = run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True)
    after, through_all = [int(one) for one in done.stdout.split()]
    assert after == collecting.MADE_BEFORE_A_LOOK and through_all <= 3


def test_pages_are_seldom_searched_and_what_stands_never() -> None:
    done = run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    (seldom, found), (often, there) = (
        [int(one) for one in line.split()] for line in done.stdout.splitlines()
    )
    assert seldom == 0 < often and (found, there) == (0, 1)
