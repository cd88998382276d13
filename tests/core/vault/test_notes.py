"""Checkpoints as signed notes: who signed, what cannot be changed, what is left aside."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from tanxin.core.vault.checkpoint import Checkpoint, Tree, origin
from tanxin.core.vault.note import VerifierKey, open_note, sign_note
from tanxin.core.vault.refusals import Malformed, NotAuthentic
from tanxin.core.vault.signing import Algorithm, signer_for

REALM = UUID(int=7)
AT = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
SECRET = bytes(range(32))


@pytest.fixture(params=list(Algorithm))
def signer(request):
    return signer_for(request.param, SECRET)


@pytest.fixture
def key(signer):
    return VerifierKey(origin(REALM), signer.public)


def checkpoint(**changes):
    trees = {"changes": Tree(5, bytes(32), 1), "releases": Tree(0, b"\1" * 32, 2)}
    return Checkpoint(REALM, **{**trees, **changes}, at=AT)


def test_a_note_is_a_text_with_the_keys_name_below(signer, key):
    note = sign_note(checkpoint().encode(), key, signer)

    assert note.startswith(f"tanxin/{REALM}\n5\n" + "A" * 43 + "=\nsuite 1\nreleases 0 ")
    assert f"\n\n— tanxin/{REALM} " in note
    assert Checkpoint.decode(open_note(note, [key])) == checkpoint()


def test_ed25519_notes_have_the_form_of_c2sp():
    key = VerifierKey.decode("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    note = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    assert open_note(note, [key]).startswith("If you think")
    assert str(key).startswith("PeterNeumann+c74f20a3+")


@pytest.mark.parametrize("at", range(0, 200, 7))
def test_a_changed_note_is_not_believed(signer, key, at):
    note = sign_note(checkpoint().encode(), key, signer)
    at %= len(note)
    changed = note[:at] + chr(ord(note[at]) ^ 1) + note[at + 1 :]
    with pytest.raises((NotAuthentic, Malformed)):
        Checkpoint.decode(open_note(changed, [key]))


def test_a_witness_may_add_its_line_and_a_stranger_counts_for_nothing(signer, key):
    note = sign_note(checkpoint().encode(), key, signer)
    other = signer_for(Algorithm.ED25519, b"\2" * 32)
    witness = VerifierKey("archive.example", other.public)
    line = sign_note(checkpoint().encode(), witness, other).splitlines()[-1]

    assert open_note(note + line + "\n", [key]) == open_note(note, [key, witness])
    with pytest.raises(NotAuthentic):
        open_note(note, [witness])
    with pytest.raises(NotAuthentic):
        open_note(note, [VerifierKey(key.name, other.public)])


@pytest.mark.parametrize(
    "note", ["", "text\n", "text\n\n", "text\n\nname AAAA\n", "text\n\n— name A\n", "t\n\n— n"]
)
def test_what_is_no_note_is_refused(note, key):
    with pytest.raises(Malformed):
        open_note(note, [key])


def test_only_whole_lines_are_signed(signer, key):
    for text in ("no end", "two\n\nparts\n"):
        with pytest.raises(Malformed):
            sign_note(text, key, signer)


@pytest.mark.parametrize(
    "text", ["", "name", "name+00000000+AQ==", "+aa+AQ==", "name+zz", "name+c74f20a3+*"]
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(Malformed):
        VerifierKey.decode(text)


@pytest.mark.parametrize(
    "change",
    [
        ("\n5\n", "\n05\n"), ("\n5\n", "\n-5\n"), ("\n5\n", "\nfive\n"), ("suite 1", "suite one"),
        ("releases", "lent"), ("tanxin/", "else/"), ("at 2026", "at MMXXVI"), ("A=", "="),
        ("at ", "\nat "), (".000000Z", "+00:00"),
    ],
    ids=str,
)  # fmt: skip
def test_a_checkpoint_has_one_spelling(change):
    text = checkpoint().encode()
    assert change[0] in text
    with pytest.raises(Malformed):
        Checkpoint.decode(text.replace(*change))


def test_a_checkpoint_holds_whole_roots():
    with pytest.raises(Malformed):
        Checkpoint.decode(checkpoint(changes=Tree(5, b"short", 1)).encode())
