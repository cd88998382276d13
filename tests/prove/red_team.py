"""What somebody can do who runs code in the web process: its user, environment and database.

Run by ``test_red_team.py`` as ``red_team.py UID GID STAGE KEEPER_PID KEEPER_HOME``. It starts as root
only to load Python, gives that up for good, and prints one JSON object: what each attack got.
"""

import ctypes
import json
import os
import sqlite3
import sqlite3.dump
import sys
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django comes first
from django.db import connection  # noqa: E402
from django.db.models import F  # noqa: E402

from tanxin.apps.archive.models import Party, RecordVersion  # noqa: E402
from tanxin.apps.archive.reading import sealed_text  # noqa: E402
from tanxin.apps.sealing import asking, client  # noqa: E402
from tanxin.core.access import Actor  # noqa: E402

PTRACE_ATTACH = 16
REFUSED = (client.KeeperRefused, client.KeeperUnavailable)


def give_up_root(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)


class RedTeam:
    def __init__(self, stage: dict, pid: int, home: Path) -> None:
        self.stage, self.pid, self.home = stage, pid, home
        self.realm = UUID(stage["realm"])
        self.people = {name: UUID(person) for name, person in stage["people"].items()}

    # (a) the keys

    def read_keys_by_file(self) -> list[str]:
        read = []
        for path in ("root.key", "realms", "lock", f"realms/{self.realm}.sqlite3"):
            with suppress(OSError):
                found = self.home / path
                read.append(str(list(found.iterdir()) if found.is_dir() else found.read_bytes()))
        with suppress(OSError):
            read += [str(path) for path in self.home.iterdir()]
        return read

    def read_keys_by_proc(self) -> list[str]:
        read = []
        for part in ("environ", "mem", "maps", "fd", "root", "cwd"):
            path = Path(f"/proc/{self.pid}/{part}")
            with suppress(OSError):
                if part in {"fd", "root", "cwd"}:
                    read.append(str(list(path.iterdir())))
                else:
                    with path.open("rb") as file:
                        read.append(str(file.read(64) or ""))
        return [one for one in read if one not in {"", "b''"}]

    def read_keys_by_ptrace(self) -> list[str]:
        libc = ctypes.CDLL(None, use_errno=True)
        attached = libc.ptrace(PTRACE_ATTACH, self.pid, 0, 0)
        return ["attached"] if attached == 0 else []

    def read_keys_by_asking(self) -> list[str]:
        """Whatever the socket gives without a login must not open a record."""
        got = []
        for operation in ("root", "keys", "dump", "realm.keys", "__class__"):
            with suppress(*REFUSED):
                got.append(str(asking.ask(operation, {"realm": str(self.realm)})))
        return got

    # (b) a record without a live session

    def open_without_a_session(self) -> list[str]:
        tokens = [
            "",
            "0" * 64,
            self.stage["closed"],
            sha256(self.stage["live"].encode()).hexdigest(),
        ]
        tokens += self.strings_of_the_database()
        return [text for token in tokens for text in self.opened(token, self.items("ada", 1))]

    def strings_of_the_database(self) -> list[str]:
        dump = "\n".join(map(str, connection.connection.iterdump()))
        words = {word for word in dump.replace("'", " ").split() if 30 < len(word) < 80}
        return sorted(words)[:300]

    def open_as_somebody_named(self) -> list[str]:
        got = []
        for name, person in self.people.items():
            account = self.stage["accounts"].get(name)
            with suppress(*REFUSED):
                got.append(client.open_session(self.realm, UUID(account), person).token)
        return got

    def guess_passwords(self) -> list[str]:
        got = []
        account, person = UUID(self.stage["accounts"]["ben"]), self.people["ben"]
        codes = []
        for number in range(24):
            try:
                got.append(
                    client.open_session(
                        self.realm, account, person, password=f"guess-{number:08}"
                    ).token
                )
            except client.KeeperRefused as refused:
                codes.append(refused.code)
        return got + ([] if codes.count("wrong_proof") <= 20 else ["guessed without a bound"])

    def set_somebody_s_password(self) -> list[str]:
        got = []
        ben = (UUID(self.stage["accounts"]["ben"]), self.people["ben"])
        for authority in ("", self.stage["live"], self.stage["closed"]):
            with suppress(*REFUSED):
                got.append(
                    client.set_credential(self.realm, *ben, "a-new-password", authority=authority)
                )
        return got

    # (c) everything through one live session

    def open_in_bulk(self) -> dict:
        opened, code = 0, ""
        for item in self.items("ada", len(self.stage["records"])):
            try:
                opened += len(client.open_texts(self.actor(self.stage["live"]), [item], ground="x"))
            except client.KeeperRefused as refused:
                code = refused.code
        return {"opened": opened, "code": code, "of": len(self.stage["records"])}

    # (d) a grant, a leaf

    def forge_a_grant(self) -> list[str]:
        """Ada's session is live; the grants are of what she has no part in, or altered."""
        got = []
        own = self.items("ben", 3)
        for item in own:
            got += self.opened(self.stage["live"], [item])
            for change in (
                {"role": "granted"},
                {"may_pass_on": True},
                {"mac": bytes(36)},
                {"end": None},
            ):
                got += self.opened(
                    self.stage["live"], [replace(item, grant=replace(item.grant, **change))]
                )
        request = uuid4()
        records = [item.record for item in own]
        keys = [client.Key(item.record, item.wrapped_key) for item in own]
        live = self.actor(self.stage["live"])
        with suppress(*REFUSED):
            client.ask_access(live, request, records, role="granted", hours=1)
        with suppress(*REFUSED):
            got += map(str, client.approve_access(live, request, keys))
        with suppress(*REFUSED):
            client.entrust_task(
                self.realm, self.stage["live"], self.people["ada"], "approval", on=True
            )
            got.append("made herself approver")
        with suppress(*REFUSED):
            named = client.Named(self.people["cleo"], "initiator")
            held = [(key, item.grant) for key, item in zip(keys, own, strict=True)]
            got += map(str, client.pass_on(live, held, [named]))
        return got

    def forge_a_leaf(self) -> list[str]:
        got = []
        with suppress(sqlite3.Error):
            db = sqlite3.connect(self.home / "realms" / f"{self.realm}.sqlite3")
            db.execute("DELETE FROM leaf")
            got.append("deleted the keeper's log")
        for operation in ("leaf.add", "append", "log.append"):
            with suppress(*REFUSED):
                got.append(str(asking.ask(operation, {"realm": str(self.realm)})))
        return got

    def items(self, name: str, count: int) -> list[client.Sealed]:
        parts = Party.objects.filter(person=self.people[name]).select_related("record")[:count]
        by_record = {part.record_id: part for part in parts}
        versions = RecordVersion.objects.filter(
            record__in=list(by_record), number=F("record__latest")
        )
        return [sealed_text(by_record[version.record_id], version) for version in versions]

    def actor(self, token: str) -> Actor:
        return Actor(self.realm, session=token)

    def opened(self, token: str, items: list[client.Sealed]) -> list[str]:
        with suppress(*REFUSED):
            return [
                text.decode() for text in client.open_texts(self.actor(token), items, ground="x")
            ]
        return []


def main() -> None:
    uid, gid, stage, pid, home = sys.argv[1:]
    told = json.loads(Path(stage).read_text(encoding="utf-8"))
    connection.ensure_connection()
    client.answers()
    give_up_root(int(uid), int(gid))
    connection.close()
    client.pool.close()
    connection.ensure_connection()
    team = RedTeam(told, int(pid), Path(home))
    got = {
        "uid": os.getuid(),
        "database": settings.DATABASES["default"]["ENGINE"],
        "reads_its_own_rows": Party.objects.count(),
        "keeper_answers": client.answers(),
        "a_file": team.read_keys_by_file(),
        "a_proc": team.read_keys_by_proc(),
        "a_ptrace": team.read_keys_by_ptrace(),
        "a_ask": team.read_keys_by_asking(),
        "b_no_session": team.open_without_a_session(),
        "b_named": team.open_as_somebody_named(),
        "b_guess": team.guess_passwords(),
        "b_password": team.set_somebody_s_password(),
        "d_grant": team.forge_a_grant(),
        "d_leaf": team.forge_a_leaf(),
        "c_bulk": team.open_in_bulk(),
    }
    print(json.dumps(got, ensure_ascii=False))


if __name__ == "__main__":
    main()
