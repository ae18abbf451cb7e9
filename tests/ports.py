"""Ports for programs that cannot say which port the system gave them."""

import socket
from contextlib import ExitStack, suppress

import numpy as np

# Above the last port that browsers refuse (10080) and below those that Linux gives to outgoing connections: no
# connection of this machine takes one of these between our look and the program's start.
NEVER_A_CLIENTS = range(10_100, 32_000)


def free_port(*, also_above: int = 0) -> int:
    """Return a port of this process alone, free by TCP and UDP; `also_above`: with the port that far above it."""
    ports = NEVER_A_CLIENTS[: len(NEVER_A_CLIENTS) - also_above]
    for port in np.random.default_rng().permutation(ports).tolist():
        with suppress(OSError), ExitStack() as held:
            leases = [held.enter_context(leased(one)) for one in {port, port + also_above}]
            with ExitStack() as tried:
                for one in {port, port + also_above}:
                    tried.enter_context(socket.create_server(("127.0.0.1", one)))
                    datagrams = tried.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                    datagrams.bind(("127.0.0.1", one))
            # Held until this process ends, however it ends: no other test process gets the same port, whether or not
            # its program listens at the moment.
            for lease in leases:
                lease.detach()
            held.pop_all()
            return int(port)
    raise RuntimeError("no port is free")


def leased(port: int) -> socket.socket:
    """Return the lease of a port: a name that the kernel gives to one socket only; OSError where it is taken."""
    lease = socket.socket(socket.AF_UNIX)
    try:
        lease.bind(f"\0visavis-tests-port-{port}")
    except OSError:
        lease.close()
        raise
    return lease
