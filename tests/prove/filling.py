"""A disk that fills up under writers: the database's or the keeper's; prints what became of it.

``python -m bench.with_django filling VOLUME``, where VOLUME is a small mounted disk that holds
``TANXIN_HOME`` or the home of the keeper. It is made larger afterwards, as an operator would.
"""

import json
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection
from django.utils import timezone
from killing import Stage, stored

from keeper_process import KeeperProcess
from tanxin.apps.archive import services as archive
from tanxin.apps.archive.models import Record
from tanxin.apps.org.services import PersonDetails, add_people, found_realm, founder
from tanxin.apps.sealing import client
from tanxin.core.access import Actor

FAILURES, AFTERWARDS, MOST = 25, 50, 20_000
LEFT, BLOCK = 1 << 20, 64 << 10
REFUSED = (Error, OSError, client.KeeperUnavailable, client.KeeperRefused)


class Filling(Stage):
    """One writer, on SQLite; nothing is killed."""

    def __init__(self, volume):
        self.volume = volume
        self.keeper = KeeperProcess(Path(settings.TANXIN_KEEPER_SOCKET).parent)
        self.keeper.start()
        now = timezone.now()
        self.realm = found_realm("某某委员会", at=now)
        named = [PersonDetails(name=name, number=name) for name in ("甲", "乙")]
        self.people = add_people(founder(self.realm), named, at=now)
        self.told, self.waits = set(), [0.0, 0.0]
        session = client.open_session(self.realm, None, self.people[1])
        self.reader, self.shown = Actor(self.realm, self.people[1], session=session.token), 0

    def leave_little(self):
        """Another program takes nearly all of the disk."""
        with suppress(OSError), (self.volume / "ballast").open("wb", buffering=0) as ballast:
            while shutil.disk_usage(self.volume).free > LEFT:
                ballast.write(bytes(BLOCK))

    def fill(self):
        """Write and open until it has failed again and again."""
        failed = 0
        while failed < FAILURES and len(self.told) < MOST:
            try:
                self.told.add(stored(self.realm, self.people))
                self.open_one()
                failed = 0
            except REFUSED:
                connection.close()
                failed += 1
        return failed == FAILURES and shutil.disk_usage(self.volume).free < BLOCK

    def open_one(self):
        self.shown += len(archive.open_texts(self.reader, [next(iter(self.told))], "subject"))

    def shown_without_a_leaf(self):
        """Texts that are given out though the keeper cannot note it: there must be none."""
        noted = self.leaves_of_openings()
        shown = 0
        for record in sorted(self.told)[:FAILURES]:
            with suppress(*REFUSED):
                shown += len(archive.open_texts(self.reader, [record], "subject"))
        return shown - (self.leaves_of_openings() - noted)

    def leaves_of_openings(self):
        with suppress(*REFUSED):
            return sum(
                len(client.releases(self.realm, one)) for one in sorted(self.told)[:FAILURES]
            )
        return 0

    def give_room(self):
        command = ["mount", "-o", "remount,size=256m", str(self.volume)]
        subprocess.run(command, check=True)
        self.keeper.stop()
        self.keeper.start()
        connection.close()

    def goes_on(self):
        before = Record.objects.count()
        for _ in range(AFTERWARDS):
            self.told.add(stored(self.realm, self.people))
        return Record.objects.count() - before


def main(volume):
    call_command("migrate", verbosity=0)
    stage = Filling(volume)
    try:
        stage.leave_little()
        filled = stage.fill()
        unseen = stage.shown_without_a_leaf()
        stage.give_room()
        told = {"filled": filled, "shown without a leaf": unseen, "went on": stage.goes_on()}
        sys.stdout.write(json.dumps(told | stage.found(), ensure_ascii=False) + "\n")
    finally:
        stage.keeper.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
