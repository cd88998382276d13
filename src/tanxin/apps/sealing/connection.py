"""Frames over the keeper's socket, with a few connections kept open between requests."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any

from tanxin.core.vault.refusals import VaultRefusal
from tanxin.core.vault.wire import LENGTH_BYTES, decode_body, encode_frame, frame_length

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 60.0
MOST_IDLE = 8
_CHUNK = 1024 * 1024


class KeeperUnavailable(Exception):
    """The keeper does not answer: nothing can be read or sealed now, nothing was lost."""


class Connection:
    def __init__(self, path: str) -> None:
        self.path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(CONNECT_SECONDS)
        try:
            self._socket.connect(path)
        except OSError:
            self._socket.close()
            raise
        self._socket.settimeout(ANSWER_SECONDS)

    def ask(self, frame: bytes) -> dict[str, Any]:
        self._socket.sendall(frame)
        return decode_body(self._exactly(frame_length(self._exactly(LENGTH_BYTES))))

    def _exactly(self, count: int) -> bytes:
        received = bytearray()
        while len(received) < count:
            part = self._socket.recv(min(count - len(received), _CHUNK))
            if not part:
                raise ConnectionResetError("the keeper hung up")
            received += part
        return bytes(received)

    def close(self) -> None:
        with suppress(OSError):
            self._socket.close()


class Pool:
    """Idle connections of this process, newest first. A fork starts with none of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._idle: list[Connection] = []

    def ask(self, path: str, message: dict[str, Any]) -> dict[str, Any]:
        """Return the keeper's answer or raise ``KeeperUnavailable``.

        A connection that sat idle may be dead, so the request goes once more over a new one; asking
        twice does no harm: every operation may be repeated, at worst it is logged twice.
        """
        frame = encode_frame(message)
        try:
            while idle := self._take(path):
                with suppress(OSError, VaultRefusal):
                    return self._ask(idle, frame)
            return self._ask(Connection(path), frame)
        except (OSError, VaultRefusal) as reason:
            raise KeeperUnavailable(f"no answer at {path}: {reason}") from reason

    def _ask(self, connection: Connection, frame: bytes) -> dict[str, Any]:
        with self._returned_if_sound(connection):
            return connection.ask(frame)

    @contextmanager
    def _returned_if_sound(self, connection: Connection) -> Iterator[None]:
        try:
            yield
        except BaseException:
            connection.close()
            raise
        with self._lock:
            if len(self._idle) < MOST_IDLE:
                self._idle.append(connection)
                return
        connection.close()

    def _take(self, path: str) -> Connection | None:
        with self._lock:
            while self._idle:
                connection = self._idle.pop()
                if connection.path == path:
                    return connection
                connection.close()
        return None

    def close(self) -> None:
        """Close all idle connections; the next request opens a new one."""
        with self._lock:
            for connection in self._idle:
                connection.close()
            self._idle.clear()

    def after_fork(self) -> None:
        """Drop the parent's connections: two processes on one stream would mix their answers."""
        self._lock = Lock()
        for connection in self._idle:
            connection.close()
        self._idle = []


pool = Pool()
os.register_at_fork(after_in_child=pool.after_fork)
