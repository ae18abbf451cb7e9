"""Take from this process what a hostile file could use: the network, everybody's files, new rights.

Two means of Linux, each tried and told: a network namespace of its own inside a user namespace
(user_namespaces(7)), else a filter of system calls (seccomp(2), by Debian's libseccomp), and Landlock
(landlock(7)), under which only programs and libraries can be read and nothing written.
"""

import ctypes
import ctypes.util
import errno
import os
import resource
import struct
import sys
from pathlib import Path

import visavis

NETWORK = "network"
FILES = "files"

PR_SET_NO_NEW_PRIVS = 38
# System calls of Landlock: the same numbers on every architecture.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
PATH_BENEATH = 1
EXECUTE, READ_FILE, READ_DIR = 1, 4, 8
READ = EXECUTE | READ_FILE | READ_DIR
# How many rights to files each version of Landlock knows.
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
SECCOMP_ALLOW = 0x7FFF0000
SECCOMP_ERRNO = 0x00050000
WAYS_OUT = (b"socket", b"socketpair", b"connect", b"bind", b"sendto", b"ptrace", b"io_uring_setup")
# Programs, libraries, and what these read of the system: no file of the service, none of its secrets.
SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/fonts",
    "/dev/urandom",
)


MOST_WRITTEN = 1_000_000
# Libraries and the heaps of threads take addresses and use little of them: how much depends on the machine's cores.
ADDRESSES_A_BYTE = 8


def limit(*, memory_bytes: int, cpu_s: int) -> None:
    """Take what this process may use from the system: memory, time; it writes no file and leaves no dump.

    The memory is what it may write (RLIMIT_DATA, getrlimit(2)): the addresses of libraries are not of it.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    most = memory_bytes * ADDRESSES_A_BYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def confine() -> dict[str, bool]:
    """Give up for good the network and other files; return what this machine could take away."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return {NETWORK: without_network(), FILES: without_files(libc)}


def without_network() -> bool:
    """Move to a network namespace without a device; where that is forbidden, refuse to open a socket."""
    try:
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET | os.CLONE_NEWIPC)
    except (OSError, AttributeError):
        return without_sockets()
    return True


def without_sockets() -> bool:
    """Have the kernel refuse the system calls that lead out."""
    found = ctypes.util.find_library("seccomp")
    if found is None:
        return False
    seccomp = ctypes.CDLL(found)
    seccomp.seccomp_init.restype = ctypes.c_void_p
    rules = ctypes.c_void_p(seccomp.seccomp_init(ctypes.c_uint32(SECCOMP_ALLOW)))
    refused = ctypes.c_uint32(SECCOMP_ERRNO | errno.EPERM)
    for name in WAYS_OUT:
        number = seccomp.seccomp_syscall_resolve_name(name)
        if seccomp.seccomp_rule_add(rules, refused, number, ctypes.c_uint(0)) != 0:
            return False
    return bool(seccomp.seccomp_load(rules) == 0)


def without_files(libc: ctypes.CDLL) -> bool:
    """Let nothing be read but programs and libraries, nothing be written."""
    version = libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(ASK_VERSION))
    if version < 1:
        return False
    rights = (1 << RIGHTS.get(version, RIGHTS[5])) - 1
    handled = ctypes.c_uint64(rights)
    ruleset = libc.syscall(CREATE_RULESET, ctypes.byref(handled), ctypes.c_size_t(8), ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    try:
        for path in readable():
            allow(libc, ruleset, path)
        return bool(libc.syscall(RESTRICT_SELF, ruleset, ctypes.c_uint32(0)) == 0)
    finally:
        os.close(ruleset)


def readable() -> list[str]:
    """Return the folders and files that the reader and the programs it calls are made of."""
    ours = (sys.prefix, sys.base_prefix, visavis.__path__[0], *data_of_tesseract())
    return [path for path in dict.fromkeys((*SYSTEM, *ours)) if Path(path).exists()]


def data_of_tesseract() -> list[str]:
    """Return where tesseract's models are, when an operator keeps them elsewhere."""
    return [one] if (one := os.environ.get("TESSDATA_PREFIX")) else []


def allow(libc: ctypes.CDLL, ruleset: int, path: str) -> None:
    """Let what stands beneath a path be read and run."""
    is_folder = Path(path).is_dir()
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rights = READ if is_folder else READ_FILE
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, opened))
        libc.syscall(ADD_RULE, ruleset, PATH_BENEATH, rule, ctypes.c_uint32(0))
    finally:
        os.close(opened)
