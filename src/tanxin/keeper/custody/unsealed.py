"""That the keeper was unsealed, and by which shares, stands in every realm's log."""

from datetime import datetime
from uuid import UUID

from tanxin.keeper.realm_store import Release
from tanxin.keeper.realms import Realms, realm_files


def note_unsealed(realms: Realms, shares: tuple[int, ...], at: datetime) -> None:
    """Write nothing where the root key was stored: that start tells nothing new."""
    if not shares:
        return
    for path in realm_files(realms.home):
        kept = realms.get(UUID(path.stem))
        leaf = Release(None, None, None, {"shares": shares}, event="keeper.unsealed", kind="keeper")
        kept.store.append([leaf], at, kept.current.provider)
