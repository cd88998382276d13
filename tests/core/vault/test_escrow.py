"""Any three of five open the root key; two never, and a wrong share is named."""

from dataclasses import replace
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.vault.escrow import (
    Share,
    TooFewShares,
    WrongShare,
    check_share,
    make_escrow,
    recover_root,
)
from tanxin.core.vault.refusals import Malformed, NotAuthentic, VaultRefusal
from tanxin.core.vault.share_text import ROWS, MistypedShare, read, written
from tanxin.core.vault.suites import SUITES, provider_for

ROOT = bytes(range(32))
BOTH = pytest.mark.parametrize("provider", SUITES.values(), ids=lambda p: p.name)


def five(provider=SUITES[1]):
    return make_escrow(provider, ROOT, needed=3, count=5)


@BOTH
def test_each_three_of_five_open_in_any_order(provider):
    escrow, shares = five(provider)
    opened = [
        recover_root(escrow, order)
        for three in combinations(shares, 3)
        for order in permutations(three)
    ]

    assert opened == [ROOT] * 60
    assert len(escrow.wraps) == 10


@BOTH
def test_more_than_three_open_too(provider):
    escrow, shares = five(provider)
    assert recover_root(escrow, shares) == recover_root(escrow, shares[1:]) == ROOT


@BOTH
def test_no_two_open_nor_one_given_twice(provider):
    escrow, shares = five(provider)
    for two in combinations(shares, 2):
        for given_shares in (two, (*two, two[0])):
            with pytest.raises(TooFewShares):
                recover_root(escrow, given_shares)
    for none in ((), shares[:1]):
        with pytest.raises(TooFewShares):
            recover_root(escrow, none)


@BOTH
def test_two_and_a_guess_open_no_wrap_even_if_the_checks_are_stripped(provider):
    """Somebody with the file and two shares: the checks are his to change, the wraps hold."""
    escrow, shares = five(provider)
    guess = Share(escrow.set_id, 3, bytes(32))
    forged = replace(escrow, checks=make_checks(provider, escrow.set_id, [*shares[:2], guess]))
    with pytest.raises(NotAuthentic):
        recover_root(forged, [*shares[:2], guess])


def make_checks(provider, set_id, shares):
    """The checks of a set whose shares are known."""

    class Fixed(type(provider)):
        def secret(self):
            return secrets.pop(0)

    secrets = [share.secret for share in shares]
    escrow, _ = make_escrow(
        Fixed(random=lambda n: set_id if n == len(set_id) else bytes(n)),
        ROOT,
        needed=2,
        count=len(shares),
    )
    return escrow.checks


@BOTH
def test_a_wrong_share_is_named_whoever_stands_beside_it(provider):
    escrow, shares = five(provider)
    for three in combinations(shares, 3):
        for place, share in enumerate(three):
            bent = bytearray(share.secret)
            bent[7] ^= 4
            wrong = [*three]
            wrong[place] = replace(share, secret=bytes(bent))
            with pytest.raises(WrongShare, match=f"share {share.number} is not the one") as told:
                recover_root(escrow, wrong)
            assert told.value.number == share.number


@BOTH
def test_a_share_of_another_set_or_number_is_named(provider):
    escrow, shares = five(provider)
    _, later = five(provider)
    with pytest.raises(WrongShare, match="which is not in force"):
        check_share(escrow, later[0])
    for number in (2, 6, 0):
        with pytest.raises(WrongShare):
            check_share(escrow, replace(shares[0], number=number))


@BOTH
def test_a_new_set_makes_the_old_shares_worthless(provider):
    _, old = five(provider)
    new, _ = five(provider)
    with pytest.raises(WrongShare):
        recover_root(new, old[:3])


@BOTH
def test_every_bit_of_every_wrap_counts(provider):
    escrow, shares = five(provider)
    wrap = escrow.wraps[1, 2, 3]
    for at in range(len(wrap)):
        bent = bytearray(wrap)
        bent[at] ^= 1
        with pytest.raises(VaultRefusal):
            recover_root(replace(escrow, wraps={(1, 2, 3): bytes(bent)}), shares[:3])


@BOTH
def test_wraps_are_not_exchanged_cut_or_taken_from_another_set(provider):
    escrow, shares = five(provider)
    other, _ = five(provider)
    for wrap in (escrow.wraps[1, 2, 4], other.wraps[1, 2, 3], escrow.wraps[1, 2, 3][:-1], b""):
        with pytest.raises(VaultRefusal):
            recover_root(replace(escrow, wraps={(1, 2, 3): wrap}), shares[:3])
    with pytest.raises(NotAuthentic, match="missing"):
        recover_root(replace(escrow, wraps={}), shares[:3])


def test_a_wrap_cannot_be_passed_off_as_of_the_other_suite():
    escrow, shares = five(provider_for(1))
    wrap = bytearray(escrow.wraps[1, 2, 3])
    wrap[4] = 2
    with pytest.raises(VaultRefusal):
        recover_root(replace(escrow, wraps={(1, 2, 3): bytes(wrap)}), shares[:3])


@pytest.mark.parametrize(("needed", "count"), [(1, 5), (0, 0), (4, 3), (3, 8)])
def test_sets_that_protect_nothing_are_not_made(needed, count):
    with pytest.raises(Malformed):
        make_escrow(SUITES[1], ROOT, needed=needed, count=count)


def test_two_of_three_work_as_well():
    escrow, shares = make_escrow(SUITES[1], ROOT, needed=2, count=3)
    assert [recover_root(escrow, two) for two in combinations(shares, 2)] == [ROOT] * 3


def test_secrets_stay_out_of_what_is_printed():
    _, shares = five()
    assert str(shares[0].secret)[2:-1] not in repr(shares)


def test_a_share_is_read_as_it_was_written():
    for share in five()[1]:
        assert read(written(share)) == share


SLOPPY = {
    "lower case": str.lower,
    "without dashes": lambda t: t.replace("-", ""),
    "with spaces": lambda t: t.replace("-", " "),
    "O for zero, l for one": lambda t: t.replace("0", "O").replace("1", "l"),
    "numbered": lambda t: "\n".join(f"  {n}  {row}" for n, row in enumerate(t.splitlines(), 1)),
    "numbered with dots": lambda t: "\n".join(
        f"{n}. {row}" for n, row in enumerate(t.splitlines(), 1)
    ),
    "within a sheet": lambda t: (
        f"保密机根密钥，第 2 份\n\n{t}\n\nKeep this where nobody else comes.\n"
    ),
    "blank lines": lambda t: t.replace("\n", "\n\n"),
    "Windows line ends": lambda t: t.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("how", SLOPPY)
def test_sloppy_typing_is_forgiven(how):
    share = five()[1][1]
    assert read(SLOPPY[how](written(share))) == share


@given(
    st.integers(1, ROWS),
    st.integers(0, 9),
    st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZU!"),
    st.randoms(),
)
def test_a_mistyped_sign_never_passes(row, column, sign, random):
    share = Share(random.randbytes(6), 4, random.randbytes(32))
    rows = [r.replace("-", "") for r in written(share).splitlines()]
    if rows[row - 1][column] == sign:
        return
    rows[row - 1] = rows[row - 1][:column] + sign + rows[row - 1][column + 1 :]
    with pytest.raises(MistypedShare) as told:
        read("\n".join(rows))
    assert told.value.row == 0 or told.value.row >= row


def test_nearly_always_the_very_row_is_named():
    share = Share(b"set..0", 4, bytes(range(32)))
    rows = written(share).splitlines()
    named = []
    for place in range(ROWS):
        bent = rows[place].translate(str.maketrans("0123456789ABCDEFGH", "123456789ABCDEFGH0"))
        with pytest.raises(MistypedShare) as told:
            read("\n".join([*rows[:place], bent, *rows[place + 1 :]]))
        named.append(told.value.row)
    assert named == list(range(1, ROWS + 1))


def test_rows_that_are_swapped_left_out_or_of_another_share_are_named():
    one, two = (written(share).splitlines() for share in five()[1][:2])
    wrong = {
        "swapped": [one[1], one[0], *one[2:]],
        "left out": one[:-1],
        "one more": [*one, one[0]],
        "mixed": [*one[:4], *two[4:]],
        "nothing": [],
    }
    for name, rows in wrong.items():
        with pytest.raises(MistypedShare) as told:
            read("\n".join(rows))
        assert told.value.row == {"swapped": 1, "mixed": 5}.get(name, 0)


def test_a_share_of_a_later_form_is_not_read():
    rows = written(Share(b"set..0", 4, bytes(32))).splitlines()
    with pytest.raises(MistypedShare):
        read("\n".join(["9" + rows[0][1:], *rows[1:]]))
