"""How often a program may ask: counted a minute at a time, per token, or per network without one.

While the store that all processes share is gone, each counts by itself and lets its share through: never more in all.
"""

import math

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from visavis.common import clock, store
from visavis.tries.marks import mark, network

WINDOW_S = 60


def wait_s(request: HttpRequest, token_id: int | None) -> int:
    """Count one request; return how many seconds to wait, 0 when it may go on."""
    if token_id is not None:
        return _count(f"token-{token_id}", settings.VISAVIS_API_PER_TOKEN)
    return _count(f"address-{mark('api', network(request))}", settings.VISAVIS_API_PER_ADDRESS)


def _count(who: str, most: int) -> int:
    now = clock.now().timestamp()
    key = f"api-{who}-{int(now // WINDOW_S)}"
    cache.add(key, 0, 2 * WINDOW_S)
    try:
        counted = cache.incr(key)
    except ValueError:
        # It went between the two lines: the window is over.
        return 0
    if store.is_alone():
        most = max(1, most // max(1, settings.VISAVIS_WORKERS))
    return 0 if counted <= most else math.ceil(WINDOW_S - now % WINDOW_S) or 1
