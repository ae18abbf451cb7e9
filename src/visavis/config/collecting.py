"""How often a process of the site looks for what nobody holds any more (Python's cycles)."""

import gc

# Things made and not yet gone before a look: a counsellor's list makes some ten thousand, which go with the page.
MADE_BEFORE_A_LOOK = 20_000


def look_seldom() -> None:
    """Wait for more new things before each look: nearly all that a process makes while it starts is there to stay."""
    gc.set_threshold(MADE_BEFORE_A_LOOK)


def keep_what_stands() -> None:
    """Look from now on only at what came after, and not in the middle of nearly every page.

    What the process has imported and laid out, some four hundred thousand things, stays until it ends: to go through
    it takes a fifth of a second, in which a page waits.
    """
    gc.collect()
    gc.freeze()
    look_seldom()
