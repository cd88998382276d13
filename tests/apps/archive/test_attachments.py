"""Files: sealed on the disk, opened by whom they were confided to, there whole or not at all."""

import errno
import os
import signal
import struct
import subprocess
import sys
import zlib
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction
from django.utils import timezone

from canaries import found_below
from tanxin.apps.archive import attachments
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.attachments import FileDamaged, NoRoomForFiles, TooManyFiles, blobs
from tanxin.apps.archive.models import Attachment, Record
from tanxin.apps.archive.selectors import records_about
from tanxin.apps.archive.services import search_texts
from tanxin.apps.audit.selectors import leaves_for
from tanxin.apps.sealing import client as keeper
from tanxin.cli.archive import command
from tanxin.core.uploads import admit
from tanxin.core.vault.chunks import CHUNK, FRONT_BYTES

CANARY = "金丝雀：签字页上写着他的住址"
SCAN = CANARY.encode()
NOW = timezone.now()


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.TANXIN_BLOBS = str(tmp_path / "blobs")
    return tmp_path


def sides(world):
    return [(world.ada, "initiator"), (world.ben, "subject")]


def sealed(world, data=SCAN, *, about=None):
    file = admit(f"{CANARY}.txt", data)
    return attachments.seal_file(
        world.actor("ada"),
        file,
        about=("talk", about or uuid4()),
        author_id=world.ada,
        parties=sides(world),
    )


def attached(world, data=SCAN, **more):
    file = sealed(world, data, **more)
    with transaction.atomic():
        return attachments.store_file(world.actor("ada"), file, sides(world), NOW)


def content(world, row, name="ben"):
    opened = attachments.open_file(world.actor(name), row.pk, "subject")
    return opened.name, b"".join(opened.pieces)


def test_a_party_opens_it_and_that_is_noted_before_the_first_byte(world):
    row = attached(world)

    opened = attachments.open_file(world.actor("ben"), row.pk, "subject")

    assert len(keeper.releases(world.realm_id, row.record_id)) == 1
    assert b"".join(opened.pieces) == SCAN
    assert opened.name.startswith("金丝雀")
    assert "file.attached" in [leaf.event for leaf in leaves_for(world.realm_id, row.about_id)]


def test_nobody_else_learns_that_it_is_there(world):
    row = attached(world)

    for name in ("cleo", "dora"):
        with pytest.raises(RecordNotFound):
            attachments.open_file(world.actor(name), row.pk, "subject")
    with pytest.raises(RecordNotFound):
        attachments.open_file(world.actor("ben"), uuid4(), "subject")


def test_nothing_of_it_stands_in_the_clear_on_the_disk(world, disk):
    row = attached(world, (CANARY * 9000).encode())

    content(world, row)

    assert (disk / "blobs").is_dir()
    assert not found_below(disk, [CANARY])
    assert [path.stat().st_mode & 0o777 for path in (disk / "blobs").rglob("*.*")] == []
    assert blobs.place(world.realm_id, row.blob).stat().st_mode & 0o777 == 0o600


def test_the_length_is_told_in_steps_only(world):
    sizes = {attached(world, b"x" * count).size for count in (1, 100, 4000)}

    assert len(sizes) == 1


def cut(data):
    return data[:-1]


def without_a_chunk(data):
    return data[: FRONT_BYTES + CHUNK + 16]


def swapped(data):
    first, second = (FRONT_BYTES + at * (CHUNK + 16) for at in (0, 1))
    last = FRONT_BYTES + 2 * (CHUNK + 16)
    return data[:first] + data[second:last] + data[first:second] + data[last:]


def turned(data):
    return data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]


@pytest.mark.parametrize("spoil", [cut, without_a_chunk, swapped, turned])
def test_not_a_byte_is_handed_out_of_a_file_that_was_changed(world, spoil):
    row = attached(world, b"0123456789abcdef" * 10_000)
    path = blobs.place(world.realm_id, row.blob)
    path.write_bytes(spoil(path.read_bytes()))

    with pytest.raises(FileDamaged):
        attachments.open_file(world.actor("ben"), row.pk, "subject")


def test_another_file_in_its_place_does_not_open(world):
    one, other = attached(world), attached(world, b"another")
    blobs.place(world.realm_id, other.blob).replace(blobs.place(world.realm_id, one.blob))

    for row in (one, other):
        with pytest.raises(FileDamaged):
            attachments.open_file(world.actor("ben"), row.pk, "subject")


def test_what_was_not_stored_is_gone(world, disk):
    def in_vain():
        with attachments.keeping(world.realm_id) as keep:
            keep(sealed(world))
            raise IntegrityError

    with pytest.raises(IntegrityError):
        in_vain()

    assert not [path for path in (disk / "blobs").rglob("*") if path.is_file()]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_keeps_nothing_half(world, disk, code):
    def filling():
        yield b"x" * 100
        raise OSError(code, os.strerror(code))

    with pytest.raises(NoRoomForFiles):
        blobs.write(world.realm_id, uuid4(), filling())

    assert not [path for path in (disk / "blobs").rglob("*") if path.is_file()]
    assert not Attachment.objects.exists()


def test_a_disk_that_is_broken_otherwise_says_so(world):
    def broken():
        raise OSError(errno.EIO, "broken")
        yield b""

    with pytest.raises(OSError, match="broken"):
        blobs.write(world.realm_id, uuid4(), broken())


WRITER = """
import os, sys
from uuid import UUID
import django
from django.conf import settings
django.setup()
settings.TANXIN_BLOBS = sys.argv[1]
from tanxin.apps.archive.attachments import blobs
def slowly():
    yield b"x" * 100
    if sys.argv[4] == "half":
        os.kill(os.getpid(), 9)
blobs.write(UUID(sys.argv[2]), UUID(sys.argv[3]), slowly())
os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("when", ["half", "whole"])
def test_what_a_killed_process_left_is_swept(world, disk, settings, when):
    kept, lost = attached(world), uuid4()
    argv = [settings.TANXIN_BLOBS, str(world.realm_id), str(lost), when]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run([sys.executable, "-c", WRITER, *argv], check=False, env=env)
    assert ended.returncode == -signal.SIGKILL
    left = list(Path(settings.TANXIN_BLOBS).rglob(f"{lost.hex}*"))
    assert [path.suffix for path in left] == [".part" if when == "half" else ""]

    early = attachments.sweep(at=timezone.now())
    swept = attachments.sweep(at=timezone.now() + timedelta(hours=2))

    assert (early.removed, swept.removed, swept.missing) == (0, 1, [])
    assert content(world, kept)[1] == SCAN
    assert not list(Path(settings.TANXIN_BLOBS).rglob(f"{lost.hex}*"))


def test_the_command_says_which_files_are_missing(world, settings):
    row = attached(world)
    stranger = Path(settings.TANXIN_BLOBS, str(world.realm_id), "README")
    stranger.write_text("not ours")
    Path(settings.TANXIN_BLOBS, "lost+found").mkdir()
    os.utime(stranger, (0, 0))

    assert CliRunner().invoke(command, ["sweep"]).exit_code == 0
    blobs.drop(world.realm_id, row.blob)
    said = CliRunner().invoke(command, ["sweep", "--json"])

    assert (said.exit_code, str(row.pk) in said.output) == (1, True)
    assert str(row.pk) in CliRunner().invoke(command, ["sweep"]).stderr
    assert stranger.exists()


def test_one_thing_bears_so_many_files(world, monkeypatch):
    monkeypatch.setattr("tanxin.apps.archive.attachments.adding.MOST_OF_ONE", 1)
    row = attached(world)

    with pytest.raises(TooManyFiles):
        sealed(world, about=row.about_id)


def test_its_key_is_neither_found_by_searching_nor_handed_out_with_ones_own_texts(world):
    row = attached(world)

    assert search_texts(world.actor("ben"), ["key"]) == []
    assert [one.kind for one in records_about(world.actor("ben"), row.about_id, ["file"])] == [
        "file"
    ]
    assert Record.objects.filter(kind="file").count() == 1


def jpeg_taken_at(place):
    """The smallest that has a frame, a scan and an EXIF part which says where it was taken."""
    exif = b"Exif\0\0" + place
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 1, 1, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x00\x3f\x00" + b"\x12\x34"
    app1 = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    return b"\xff\xd8" + app1 + frame + scan + b"\xff\xd9"


def test_a_photograph_no_longer_says_where_it_was_taken(world):
    place = b"GPS 39.9042N 116.4074E"
    row = attached(world, jpeg_taken_at(place))

    name, data = content(world, row)

    assert data.startswith(b"\xff\xd8")
    assert (place in data, b"Exif" in data) == (False, False)
    assert (row.media, name.endswith(".jpg")) == ("image/jpeg", True)
    assert zlib.crc32(data) == zlib.crc32(content(world, row)[1])
