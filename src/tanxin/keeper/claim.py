"""One keeper per home and per socket: two would write the same log."""

import errno
import fcntl
import os
import socket
from pathlib import Path

_LOCK_NAME = "lock"


class AlreadyRunning(Exception):
    """Another keeper holds this home or answers on this socket."""


def claim_home(home: Path) -> int:
    """Lock ``home`` for as long as this process lives; returns the lock's descriptor."""
    descriptor = os.open(home / _LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise AlreadyRunning(f"another keeper uses {home}") from None
    return descriptor


def clear_stale_socket(path: Path) -> None:
    """Remove what a killed keeper left behind; never the socket of a living one."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        outcome = probe.connect_ex(str(path))
    if outcome == errno.ECONNREFUSED:
        path.unlink(missing_ok=True)
    elif outcome != errno.ENOENT:
        raise AlreadyRunning(f"something else is at {path}")
