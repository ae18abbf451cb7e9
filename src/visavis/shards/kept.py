"""Results of shards on disk: folders of arrays, whole or absent, that say what they were made from."""

import hashlib
import json
import os
import resource
import shutil
import signal
import socket
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from visavis.engine.version import ENGINE_VERSION

type Arrays = Mapping[str, npt.NDArray[Any]]
type Work = Callable[[Any], Arrays]

MANIFEST = "manifest.json"
_BEGUN = "begun"


def write(folder: Path, digest: str, arrays: Arrays, told: Mapping[str, Any] | None = None) -> None:
    """Write arrays beside the folder and put them in its place at once; what stands there already stays."""
    draft = folder.with_name(f".{folder.name}-{uuid.uuid4().hex}")
    draft.mkdir(parents=True)
    try:
        files = {}
        for name, values in arrays.items():
            path = draft / f"{name}.npy"
            np.save(path, np.ascontiguousarray(values), allow_pickle=False)
            _to_disk(path)
            files[path.name] = _checksum(path)
        manifest = {"digest": digest, "engine": ENGINE_VERSION, "files": files, **(told or {})}
        (draft / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        _to_disk(draft / MANIFEST)
        try:
            draft.rename(folder)
        except OSError:
            # Another worker was quicker with the same shard.
            if why_not(folder, digest) is not None:
                raise
    finally:
        remove(draft)


def read(folder: Path) -> dict[str, npt.NDArray[Any]]:
    """Give the arrays, mapped rather than read."""
    return {path.stem: np.load(path, mmap_mode="r") for path in sorted(folder.glob("*.npy"))}


def manifest_of(folder: Path) -> dict[str, Any]:
    """Read what a result says of itself; empty when there is none or it cannot be read."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def why_not(folder: Path, digest: str) -> str | None:
    """Say why a result cannot be used: None when it can, nothing ("") when there is none."""
    if not folder.exists():
        return ""
    manifest = manifest_of(folder)
    files = manifest.get("files")
    if not isinstance(files, dict):
        return "its manifest cannot be read"
    if manifest.get("digest") != digest:
        return "it was made from other data or settings, or by another version"
    for name, checksum in files.items():
        path = folder / name
        if not path.is_file():
            return f"{name} is missing"
        if _checksum(path) != checksum:
            return f"{name} is damaged"
    return None


def remove(folder: Path) -> None:
    """Take a result away; nothing happens when there is none."""
    shutil.rmtree(folder, ignore_errors=True)


def remove_drafts(keep: Path) -> None:
    """Take away what workers that were killed left half written."""
    for draft in keep.glob(".*-*"):
        remove(draft)


def work_and_keep(work: Work, keep: Path, name: str, digest: str, given: Any, version: str) -> None:
    """Work on one shard, in a worker, and keep what comes of it."""
    if version != ENGINE_VERSION:
        raise RuntimeError(f"this worker has version {ENGINE_VERSION} of the engine, not {version}")
    if why_not(keep / name, digest) is None:
        return
    _begin(keep, name)
    started, used = time.perf_counter(), time.process_time()
    arrays = work(given)
    told = {
        "worker": _me(),
        "wall_s": round(time.perf_counter() - started, 3),
        "cpu_s": round(time.process_time() - used, 3),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        // (1024 if sys.platform != "darwin" else 2**20),
    }
    write(keep / name, digest, arrays, told)


def sees(keep: Path) -> tuple[str, str]:
    """Tell, from a worker, what stands in the shared folder and which engine it has."""
    try:
        token = (keep / "seen").read_text(encoding="utf-8")
    except OSError:
        token = ""
    return token, ENGINE_VERSION


def attempts(keep: Path, name: str) -> list[str]:
    """List the workers that began a shard, in their order."""
    found = [path.read_text(encoding="utf-8").partition(" ") for path in (keep / _BEGUN).glob(f"{name}.*")]
    return [worker for _when, _, worker in sorted(found, key=lambda one: int(one[0] or 0))]


def forget_attempts(keep: Path, name: str) -> None:
    """A shard is finished: who began it matters no more."""
    for path in (keep / _BEGUN).glob(f"{name}.*"):
        path.unlink(missing_ok=True)


def leave_ctrl_c() -> None:
    """Leave Ctrl-C to the program that began this worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _begin(keep: Path, name: str) -> None:
    folder = keep / _BEGUN
    folder.mkdir(exist_ok=True)
    draft = folder / f".{uuid.uuid4().hex}"
    draft.write_text(f"{time.time_ns()} {_me()}", encoding="utf-8")
    draft.rename(folder / f"{name}.{draft.name[1:]}")


def _me() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
