"""Because of what the duties near a change differ, counted: no person is named."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from tanxin.apps.duties import bulk
from tanxin.core.policy import Cause, Snapshot, why_changed, why_gone, why_new

_OPENS, _DUE, _MUTUAL = (bulk.COMMON.index(name) for name in ("opens", "due", "mutual"))


class _Trace(NamedTuple):
    opens: date
    due: date
    mutual: bool
    basis: str


class Causes:
    """Keeps the stored rows that a derivation compares with, and counts why they differ."""

    def __init__(self) -> None:
        self.counted: Counter[Cause] = Counter()
        self._stored: dict[bytes | str | None, bulk.Row] = {}

    def knows(self, row: bulk.Row) -> None:
        self._stored[row[0]] = row

    def came(self, row: bulk.Row) -> None:
        """A duty is new, or it is another than the stored one of its key."""
        before = self._stored.get(row[0])
        cause = why_new(_trace(row)) if before is None else why_changed(_trace(before), _trace(row))
        self.counted[cause] += 1

    def went(self, key: bytes, snapshot: Snapshot) -> None:
        row = self._stored[key]
        self.counted[why_gone(_trace(row), row[1], row[2], snapshot)] += 1


def _trace(row: bulk.Row) -> _Trace:
    common = str(row[6]).split("\t")
    return _Trace(
        opens=date.fromisoformat(common[_OPENS]),
        due=date.fromisoformat(common[_DUE]),
        mutual=common[_MUTUAL] == "1",
        basis=str(row[5]),
    )
