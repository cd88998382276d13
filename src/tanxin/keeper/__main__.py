"""``python -m tanxin.keeper --socket PATH --home DIRECTORY``: run the keeper until SIGTERM."""

import argparse
import logging
import os
import resource
import signal
import sys
from contextlib import suppress
from ctypes import CDLL
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

from tanxin.core.vault.provider import Provider
from tanxin.core.vault.suites import SUITES
from tanxin.keeper.claim import AlreadyRunning, claim_home, clear_stale_socket
from tanxin.keeper.custody.gate import Gate
from tanxin.keeper.custody.operator import issue_token
from tanxin.keeper.custody.unsealed import note_unsealed
from tanxin.keeper.limits import Limits
from tanxin.keeper.realms import Realms, realm_files
from tanxin.keeper.root import RootKeyUnusable, has_root, make_root_key, stored_root
from tanxin.keeper.server import KeeperServer
from tanxin.keeper.service import Service

_SUITES = {provider.name.lower(): provider for provider in SUITES.values()}
_log = logging.getLogger("tanxin.keeper")
_PR_SET_DUMPABLE = 4


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tanxin.keeper", description=__doc__, allow_abbrev=False)
    parser.add_argument("--socket", type=Path, required=True, help="where to listen")
    parser.add_argument("--home", type=Path, required=True, help="directory of keys and logs")
    parser.add_argument("--init", action="store_true", help="create the root key and leave")
    _limits(parser)
    parser.add_argument(
        "--believe-web",
        action="store_true",
        help="take whom the web names for him; for the demo and for tests, never for a real realm",
    )
    parser.add_argument("--web-group", help="group of the web process, which may use the socket")
    parser.add_argument(
        "--suite", choices=sorted(_SUITES), default="intl-1", help="for realms yet to come"
    )
    return parser.parse_args(arguments)


def _limits(parser: argparse.ArgumentParser) -> None:
    known = Limits()
    for name, default, what in (
        ("--quota", known.quota, "records per person and hour"),
        ("--realm-quota", known.realm_quota, "records per realm and day"),
        ("--search-quota", known.searches, "searches per person and hour"),
        ("--address-quota", known.addresses, "addresses for notices per realm and day"),
        ("--idle-minutes", known.idle // timedelta(minutes=1), "until an idle session ends"),
        ("--session-hours", known.longest // timedelta(hours=1), "until any session ends"),
    ):
        parser.add_argument(name, type=int, default=default, help=f"{what} ({default})")


def _limits_of(options: argparse.Namespace) -> Limits:
    return Limits(
        quota=options.quota,
        realm_quota=options.realm_quota,
        searches=options.search_quota,
        addresses=options.address_quota,
        idle=timedelta(minutes=options.idle_minutes),
        longest=timedelta(hours=options.session_hours),
    )


ENDS = {signal.SIGTERM, signal.SIGINT}


def _root_key(home: Path, provider: Provider) -> bytes | None:
    """Read the root key, if it is stored; make one only where nothing was ever sealed."""
    if has_root(home) or realm_files(home):
        return stored_root(home)
    _log.info("creating a root key in %s", home)
    return make_root_key(home, provider)


def _serve(options: argparse.Namespace, service: Gate) -> None:
    # Blocked before any thread starts and fetched by one: a handler could miss a signal that comes
    # just before the main thread falls asleep.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    clear_stale_socket(options.socket)
    server = KeeperServer(options.socket, service, group=options.web_group)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="accept")
    thread.start()
    _log.info("listening on %s", options.socket)
    signal.sigwait(ENDS)
    options.socket.unlink(missing_ok=True)
    server.stop()
    thread.join()
    _log.info("stopped")


def _run(options: argparse.Namespace) -> None:
    options.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = claim_home(options.home)
    provider = _SUITES[options.suite]
    root = _root_key(options.home, provider)
    if not options.init:
        _keep(options, provider, root)
    os.close(lock)


def _keep(options: argparse.Namespace, provider: Provider, root: bytes | None) -> None:
    opened: list[Realms] = []

    def clock() -> datetime:
        return datetime.now(UTC)

    def begin(root: bytes, shares: tuple[int, ...]) -> Service:
        realms = Realms(options.home, root, provider)
        opened.append(realms)
        note_unsealed(realms, shares, clock())
        return Service(realms, clock, _limits_of(options), options.believe_web)

    gate = Gate(options.home, clock, begin)
    if root is None:
        _log.info("sealed: waiting for shares of the root key")
    else:
        gate.service = begin(root, ())
    issue_token(options.home)
    _serve(options, gate)
    for realms in opened:
        realms.close()


def hide_memory() -> None:
    """No core dump, and no reading of our memory by another process of the same user (Linux)."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):
        CDLL(None).prctl(_PR_SET_DUMPABLE, 0)


def main(arguments: list[str]) -> int:
    logging.basicConfig(level=logging.INFO, format="keeper: %(message)s", stream=sys.stderr)
    os.umask(0o077)
    hide_memory()
    try:
        _run(_options(arguments))
    except (AlreadyRunning, RootKeyUnusable, LookupError, OSError) as reason:
        sys.stderr.write(f"keeper: {reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
