"""The socket: one thread per client, frames in, frames out, nothing kept between two requests."""

import logging
import shutil
import socket
import socketserver
import sys
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore, Lock
from time import monotonic
from typing import Any

from tanxin.core.vault.refusals import Malformed, TooLong, VaultRefusal
from tanxin.core.vault.wire import LENGTH_BYTES, PROTOCOL, decode_body, encode_frame, frame_length
from tanxin.keeper.custody.gate import GATE_WORDS, Answers
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.service import OPERATIONS

MAX_CLIENTS = 128
IDLE_SECONDS = 300.0
FRAME_SECONDS = 30.0
_CHUNK = 1024 * 1024
_log = logging.getLogger("tanxin.keeper")


class Client(socketserver.BaseRequestHandler):
    server: "KeeperServer"
    request: socket.socket

    def handle(self) -> None:
        try:
            while (body := self._receive()) is not None:
                self._send(self.server.answer(decode_body(body)))
        except (Malformed, TooLong) as refusal:
            self._send(_refusal(refusal.code))
        except OSError:
            return

    def _receive(self) -> bytes | None:
        """Return the next message, or nothing when the client is done or too slow."""
        self.request.settimeout(self.server.idle_seconds)
        head = self._exactly(LENGTH_BYTES)
        if head is None:
            return None
        self.request.settimeout(self.server.frame_seconds)
        return self._exactly(frame_length(head))

    def _exactly(self, count: int) -> bytes | None:
        received = bytearray()
        while len(received) < count:
            part = self.request.recv(min(count - len(received), _CHUNK))
            if not part:
                return None
            received += part
        return bytes(received)

    def _send(self, answer: dict[str, Any]) -> None:
        self.request.settimeout(self.server.frame_seconds)
        self.request.sendall(encode_frame(answer))


class KeeperServer(socketserver.ThreadingUnixStreamServer):
    """Listens until ``stop``; a client over the limit is told ``busy`` and let go."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = MAX_CLIENTS

    def __init__(
        self,
        path: Path,
        service: Answers,
        *,
        max_clients: int = MAX_CLIENTS,
        idle_seconds: float = IDLE_SECONDS,
        frame_seconds: float = FRAME_SECONDS,
        group: str | None = None,
    ) -> None:
        self.service = service
        self.idle_seconds = idle_seconds
        self.frame_seconds = frame_seconds
        self._slots = BoundedSemaphore(max_clients)
        self._clients: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(str(path), Client)
        path.chmod(0o600 if group is None else 0o660)
        if group is not None:
            shutil.chown(path, group=int(group) if group.isdecimal() else group)

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        started = monotonic()
        answer = self._answer(message)
        took = (monotonic() - started) * 1000
        outcome = "ok" if answer["ok"] else answer["code"]
        _log.info("%s %s %.1f ms", _known_word(message.get("op")), outcome, took)
        return answer

    def _answer(self, message: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"v": PROTOCOL, "ok": True, "result": self.service.answer(message)}
        except Refused as refused:
            return _refusal(refused.code.value, refused.params)
        except VaultRefusal as refusal:
            return _refusal(refusal.code)
        except Exception as unexpected:  # noqa: BLE001 - fail closed, and never print a value
            _log.error("refused after %s", type(unexpected).__name__)
            return _refusal(Code.INTERNAL.value)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as typeshed
        if not self._slots.acquire(blocking=False):
            self._turn_away(request)
            return
        with self._lock:
            self._clients.add(request)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                self._clients.discard(request)
            self._slots.release()

    def _turn_away(self, request: socket.socket) -> None:
        with suppress(OSError):
            request.sendall(encode_frame(_refusal(Code.BUSY.value)))
        self.shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002
        _log.error("a client was dropped after %s", type(sys.exc_info()[1]).__name__)

    def stop(self) -> None:
        """Take no new client, let running requests finish, close, return when all are gone."""
        self.shutdown()
        with self._lock:
            for client in self._clients:
                with suppress(OSError):
                    client.shutdown(socket.SHUT_RD)
        self.server_close()


def _known_word(operation: object) -> str:
    """Only our own words reach the log."""
    known = isinstance(operation, str) and (operation in OPERATIONS or operation in GATE_WORDS)
    return str(operation) if known else "?"


def _refusal(code: str, params: dict[str, str | int] | None = None) -> dict[str, Any]:
    return {"v": PROTOCOL, "ok": False, "code": code, "params": params or {}}
