"""The socket: friends, strangers, hangers-on and broken frames."""

import json
import logging
import socket
import threading
import time
from contextlib import ExitStack, suppress
from datetime import UTC, datetime

import pytest
from speaking import Kept, ask, connected, receive, result, send

from tanxin.core.vault.suites import SUITES
from tanxin.keeper.realms import Realms
from tanxin.keeper.server import KeeperServer
from tanxin.keeper.service import Service

PING = json.dumps({"v": 1, "op": "ping", "args": {}}).encode()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "s"


@pytest.fixture
def serve(path, tmp_path):
    with ExitStack() as stack:

        def serve(**options):
            realms = Realms(tmp_path, bytes(32), SUITES[1])
            stack.callback(realms.close)
            service = Service(realms, lambda: datetime.now(UTC), believe_web=True)
            server = KeeperServer(path, service, **options)
            thread = threading.Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            stack.callback(thread.join)
            stack.callback(stop_once, server)
            return server

        yield serve


def stop_once(server):
    if server.socket.fileno() != -1:
        server.stop()


def test_one_connection_serves_many_requests(serve, path):
    serve()
    with connected(path) as sock:
        for _ in range(3):
            send(sock, PING)
            assert receive(sock)["result"]["protocol"] == 1


def test_a_frame_may_come_in_pieces(serve, path):
    serve()
    frame = len(PING).to_bytes(4, "big") + PING
    with connected(path) as sock:
        for at in range(len(frame)):
            sock.sendall(frame[at : at + 1])
        assert receive(sock)["ok"]


def test_a_huge_frame_is_refused_unread(serve, path):
    serve()
    with connected(path) as sock:
        sock.sendall(b"\xff\xff\xff\xff")
        assert receive(sock)["code"] == "too_long"
        assert receive(sock) is None


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b"[" * 100_000, b"\xff\xfe"])
def test_a_malformed_body_is_refused_and_the_line_cut(serve, path, body):
    serve()
    with connected(path) as sock:
        send(sock, body)
        assert receive(sock)["code"] == "malformed"
        assert receive(sock) is None


def test_a_refusal_keeps_the_line(serve, path):
    serve()
    with connected(path) as sock:
        send(sock, b"{}")
        assert receive(sock)["code"] == "wrong_protocol"
        send(sock, PING)
        assert receive(sock)["ok"]


def test_the_vault_s_refusals_are_passed_on(serve, path):
    serve()
    kept = Kept(lambda op, **args: result(path, op, **args))
    (item,) = kept.record("one")
    answer = ask(path, "open", **kept.opening([{**item, "field": "remark"}]))
    assert (answer["ok"], answer["code"]) == (False, "wrong_place")


def test_half_a_frame_or_silence_is_cut(serve, path):
    serve(idle_seconds=0.1, frame_seconds=0.1)
    with connected(path) as silent, connected(path) as half:
        half.sendall(b"\0\0")
        assert receive(silent) is None
        assert receive(half) is None
    with connected(path) as body:
        body.sendall(b"\0\0\0\x09{")
        assert receive(body) is None


def test_clients_that_leave_in_the_middle_do_no_harm(serve, path):
    serve()
    for data in (b"", b"\0", b"\0\0\0\x50half", len(PING).to_bytes(4, "big") + PING):
        with connected(path) as sock:
            sock.sendall(data)
    assert ask(path, "ping")["ok"]


def test_one_client_too_many_is_told_so(serve, path):
    serve(max_clients=2)
    with connected(path) as one, connected(path) as two:
        for sock in (one, two):
            send(sock, PING)
            assert receive(sock)["ok"]
        with connected(path) as three:
            assert receive(three)["code"] == "busy"
            assert receive(three) is None
    deadline = time.monotonic() + 5
    while not (answer := ask_or_busy(path)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert answer


def ask_or_busy(path):
    try:
        return ask(path, "ping")["ok"]
    except OSError:
        return False


def test_the_unexpected_means_no_and_shows_nothing(serve, path, caplog):
    server = serve()
    kept = Kept(lambda op, **args: result(path, op, **args))
    items, _ = kept.record("秘密"), kept.session
    server.service.realms.close()
    (path.parent / "realms" / f"{kept.realm}.sqlite3").write_bytes("秘密".encode() * 5000)
    for file in path.parent.glob("realms/*-*wal"):
        file.unlink()
    with caplog.at_level(logging.INFO):
        answer = ask(path, "open", **kept.opening(items))

    assert (answer["ok"], answer["code"], answer["params"]) == (False, "internal", {})
    assert "DatabaseError" in caplog.text
    assert "秘密" not in caplog.text


def test_the_log_holds_our_words_only(serve, path, caplog):
    serve()
    with caplog.at_level(logging.INFO):
        ask(path, "安雅 ping")
        ask(path, "ping", name="安雅")
    assert "? unknown_operation" in caplog.text
    assert "ping bad_request" in caplog.text
    assert "安雅" not in caplog.text


def test_many_clients_at_once_leave_a_log_without_gaps(serve, path):
    serve()
    kept = Kept(lambda op, **args: result(path, op, **args))
    items = [kept.record(str(number))[0] for number in range(8)]
    wrong, _ = [], kept.session

    def work(number):
        for _ in range(10):
            texts = kept.open([items[number]])
            wrong.extend(text for text in texts if text != str(number))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not wrong
    seqs = [r["seq"] for item in items for r in kept.releases(item["record"])]
    assert sorted(seqs) == list(range(1, 81))


def test_stopping_lets_a_running_request_finish_and_cuts_idle_ones(serve, path):
    server = serve()
    with connected(path) as idle:
        send(idle, PING)
        receive(idle)
        started = time.monotonic()
        server.stop()
        assert time.monotonic() - started < 5
        assert receive(idle) is None
    with pytest.raises(OSError), socket.socket(socket.AF_UNIX) as late:
        late.connect(str(path))


def test_a_client_that_breaks_its_thread_is_dropped_quietly(serve, path, caplog):
    server = serve(frame_seconds="soon")
    with connected(path) as sock:
        send(sock, PING)
        with suppress(ConnectionResetError):
            assert receive(sock) is None
    server.stop()
    assert "dropped after TypeError" in caplog.text
