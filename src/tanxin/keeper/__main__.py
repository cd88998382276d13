"""``python -m tanxin.keeper --socket PATH --home DIRECTORY``: run the keeper until SIGTERM."""

import argparse
import logging
import os
import resource
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from tanxin.core.vault.provider import Provider
from tanxin.core.vault.suites import SUITES
from tanxin.keeper.claim import AlreadyRunning, claim_home, clear_stale_socket
from tanxin.keeper.realms import Realms, realm_files
from tanxin.keeper.root import FILE_NAME, RootKeyUnusable, make_root_key, read_root_key
from tanxin.keeper.server import KeeperServer
from tanxin.keeper.service import DEFAULT_QUOTA, Service

_SUITES = {provider.name.lower(): provider for provider in SUITES.values()}
_log = logging.getLogger("tanxin.keeper")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tanxin.keeper", description=__doc__)
    parser.add_argument("--socket", type=Path, required=True, help="where to listen")
    parser.add_argument("--home", type=Path, required=True, help="directory of keys and logs")
    parser.add_argument("--init", action="store_true", help="create the root key and leave")
    parser.add_argument(
        "--quota", type=int, default=DEFAULT_QUOTA, help="records per person and hour"
    )
    parser.add_argument(
        "--suite", choices=sorted(_SUITES), default="intl-1", help="for realms yet to come"
    )
    return parser.parse_args(arguments)


ENDS = {signal.SIGTERM, signal.SIGINT}


def _root_key(home: Path, provider: Provider) -> bytes:
    """Read the root key; make one only where nothing was ever sealed under another."""
    if (home / FILE_NAME).exists() or realm_files(home):
        return read_root_key(home)
    _log.info("creating a root key in %s", home)
    return make_root_key(home, provider)


def _serve(options: argparse.Namespace, service: Service) -> None:
    # Blocked before any thread starts and fetched by one: a handler could miss a signal that comes
    # just before the main thread falls asleep.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    clear_stale_socket(options.socket)
    server = KeeperServer(options.socket, service)
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
        realms = Realms(options.home, root, provider)
        _serve(options, Service(realms, lambda: datetime.now(UTC), options.quota))
        realms.close()
    os.close(lock)


def main(arguments: list[str]) -> int:
    logging.basicConfig(level=logging.INFO, format="keeper: %(message)s", stream=sys.stderr)
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        _run(_options(arguments))
    except (AlreadyRunning, RootKeyUnusable, OSError) as reason:
        sys.stderr.write(f"keeper: {reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
