"""What a thief of the signing key can make: a whole folder of checkpoints that is signed."""

import shutil

from tanxin.apps.audit.anchors.keeping import KEYS, Anchored, Anchors
from tanxin.core.vault.checkpoint import Checkpoint, Tree
from tanxin.core.vault.leaf import Log
from tanxin.core.vault.note import sign_note
from tanxin.core.vault.suites import provider_for
from tanxin.core.vault.tree import root_hash
from tanxin.keeper.realms import Realms
from tanxin.keeper.root import read_root_key
from tanxin.keeper.signing_keys import current_key


def sign_anew(keeper_home, realm_id, leaves: list[bytes]) -> None:
    """Replace the realm's folder by one that tells the history of ``leaves``, truly signed."""
    anchors = Anchors.of(realm_id)
    known = anchors.latest().checkpoint
    keys = (anchors.folder / KEYS).read_text()
    provider = provider_for(known.changes.suite)
    changes = Tree(len(leaves), root_hash(provider, leaves), known.changes.suite)
    forged = Checkpoint(realm_id, changes, known.releases, at=known.at)
    note = sign_with_stolen_key(keeper_home, realm_id, forged.encode())
    shutil.rmtree(anchors.folder)
    anchors.folder.mkdir()
    (anchors.folder / KEYS).write_text(keys)
    anchors.hashes(Log.CHANGES).extend(provider, leaves)
    anchors.keep(Anchored(forged, note))


def sign_with_stolen_key(keeper_home, realm_id, text: str) -> str:
    realms = Realms(keeper_home, read_root_key(keeper_home), provider_for(1))
    kept = realms.get(realm_id)
    with kept.store.reading() as db:
        key, signer = current_key(db, kept)
    realms.close()
    return sign_note(text, key, signer)
