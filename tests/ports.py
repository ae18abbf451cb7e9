"""Ports for what the tests start."""

import socket
from contextlib import ExitStack, suppress

import numpy as np

# Above the last port that browsers refuse (10080) and below those that Linux gives to connections out: a port that the
# system picks may be somebody's line out before it is listened on, or while what listened is dead.
NEVER_A_CLIENTS = range(10_100, 32_000)


def free_port(*, also_above: int = 0) -> int:
    """Return a port that nothing listens on, by TCP or UDP; also that many above, for programs that take a second."""
    ports = NEVER_A_CLIENTS[: len(NEVER_A_CLIENTS) - also_above]
    for port in np.random.default_rng().permutation(ports).tolist():
        with suppress(OSError), ExitStack() as held:
            for one in {port, port + also_above}:
                held.enter_context(socket.create_server(("127.0.0.1", one)))
                held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)).bind(("127.0.0.1", one))
            return int(port)
    raise RuntimeError("no port is free")
