"""Sheets that were printed once, and files that were stored once, open for ever."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from made_vectors import REALM, RECORD, flipped

from tanxin.core.vault.chunks import open_chunks
from tanxin.core.vault.envelope import Place
from tanxin.core.vault.escrow import Escrow, recover_root
from tanxin.core.vault.refusals import VaultRefusal
from tanxin.core.vault.share_text import ROWS, MistypedShare, read

VECTORS = json.loads(Path(__file__).with_name("custody.json").read_text(encoding="utf-8"))
BOTH = pytest.mark.parametrize("vector", VECTORS, ids=["INTL-1", "GM-1"])
PLACE = Place(REALM, RECORD, "file", 1)


def escrow_of(vector):
    return Escrow(
        bytes.fromhex(vector["set"]),
        vector["suite"],
        3,
        {int(n): bytes.fromhex(check) for n, check in vector["checks"].items()},
        {tuple(map(int, n.split("-"))): bytes.fromhex(wrap) for n, wrap in vector["wraps"].items()},
    )


@BOTH
def test_each_three_sheets_give_the_root_key(vector):
    shares = [read("\n".join(rows)) for rows in vector["shares"]]
    for three in combinations(shares, 3):
        assert recover_root(escrow_of(vector), three).hex() == vector["root"]


@BOTH
def test_no_two_sheets_do(vector):
    shares = [read("\n".join(rows)) for rows in vector["shares"]]
    for two in combinations(shares, 2):
        with pytest.raises(VaultRefusal):
            recover_root(escrow_of(vector), two)


@BOTH
def test_rows_of_two_sheets_do_not_make_a_third(vector):
    sheets = vector["shares"]
    for one, two in combinations(sheets, 2):
        for cut in range(1, ROWS):
            with pytest.raises(MistypedShare):
                read("\n".join([*one[:cut], *two[cut:]]))


@BOTH
def test_the_attachment_opens(vector):
    sealed = bytes.fromhex(vector["front"] + vector["chunk"])
    assert (
        b"".join(open_chunks(bytes.fromhex(vector["dek"]), PLACE, [sealed])).hex()
        == vector["content"]
    )


BENT = {
    "bit at the start": lambda last: flipped(last, 0),
    "bit in the middle": lambda last: flipped(last, 2000),
    "bit in the tag": lambda last: flipped(last, -1),
    "cut": lambda last: last[:-1],
    "cut to a block": lambda last: last[:16],
    "longer": lambda last: last + b"\0",
    "without tag": lambda last: last[:-16],
    "twice": lambda last: last + last,
    "none": lambda _: b"",
    "halves swapped": lambda last: last[2000:] + last[:2000],
}


@BOTH
@pytest.mark.parametrize("name", BENT)
def test_what_was_bent_never_opens(vector, name):
    sealed = bytes.fromhex(vector["front"]) + BENT[name](bytes.fromhex(vector["chunk"]))
    with pytest.raises(VaultRefusal):
        list(open_chunks(bytes.fromhex(vector["dek"]), PLACE, [sealed]))
