"""A process of the site does not search, in the middle of pages, through what stands until it ends."""

import sys

from tests.programs import run
from visavis.config import collecting

ASKED = """
import gc
import django
from visavis.config import collecting
looks = []
gc.callbacks.append(lambda phase, info: looks.append(info["generation"]))
django.setup()
print(gc.get_threshold()[0], looks.count(2))
stands = [[] for _one in range(50_000)]
def page():
    return [[] for _one in range(10_000)]
def pages():
    looks.clear()
    for _page in range(20):
        page()
    print(len(looks), sum(one is stands for one in gc.get_objects()))
collecting.keep_what_stands()
pages()
gc.set_threshold(2_000)
gc.unfreeze()
pages()
"""


def test_a_process_hardly_searches_while_it_starts_and_never_what_stands() -> None:
    done = run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    (after, through_all), (seldom, found), (often, there) = (
        [int(one) for one in line.split()] for line in done.stdout.splitlines()
    )
    assert after == collecting.MADE_BEFORE_A_LOOK and through_all <= 3
    assert seldom == 0 < often and (found, there) == (0, 1)
