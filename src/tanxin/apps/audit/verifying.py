"""Checking the database against its checkpoints, with the verifier that outsiders use."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from uuid import UUID

from django.db.models import Max

from tanxin import verifier
from tanxin.apps.audit.anchors.keeping import KEYS, Anchors
from tanxin.apps.audit.exporting import SEPARATOR, Claim, claim_of, head_line, leaf_line
from tanxin.apps.audit.lost import Lost
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.audit.rows import leaf_of
from tanxin.apps.audit.selectors import detail_fits, rows_of
from tanxin.apps.sealing import logs
from tanxin.core.vault.leaf import NO_HASH
from tanxin.core.vault.refusals import VaultRefusal

_CHUNK = 2_000


def verify_log(
    realm_id: UUID,
    *,
    at: datetime,
    folders: Sequence[Path] = (),
    receipts: Sequence[Path] = (),
    keys: Sequence[str] = (),
) -> verifier.Report:
    """Check every entry, its words and both trees against the checkpoints.

    ``folders`` are copies of checkpoints kept elsewhere, ``receipts`` what people were given, and
    ``keys`` those that alone are trusted. Raises ``KeeperUnavailable``, ``verifier.Unreadable``.
    """
    checked = _Checked(realm_id)
    known = verifier.Known()
    known.keys.update(map(verifier.read_key, keys))
    own = Anchors.of(realm_id).folder
    for folder in (own, *folders):
        if folder is not own or (folder / KEYS).exists():
            verifier.take_directory(known, folder, str(realm_id), trust=not keys)
    for path in receipts:
        verifier.take_receipt(known, verifier.read_receipt(path), str(realm_id), str(path))
    lost = Lost.of(realm_id)
    changes = claim_of(realm_id)
    # The first leaf's, whatever the realm's suite became.
    changes = replace(changes, suite=known.suites.get(verifier.CHANGES, changes.suite))
    releases = list(logs.release_leaves(realm_id))
    last = releases[-1].hash if releases else NO_HASH
    claim = Claim(len(releases), last, known.suites.get(verifier.RELEASES, changes.suite))
    head = verifier.read_head(head_line(realm_id, changes, claim, [], at))
    own_lines = (leaf_line(leaf.hash, leaf.content) for leaf in releases)
    changed = lost.filled(checked.changes(changes.size), changes.size)
    lines = chain(lost.statements(), changed, [SEPARATOR], own_lines)
    return checked.judged(verifier.check((line.rstrip(b"\n") for line in lines), head, known))


class _Checked:
    """Hands the rows to the verifier and looks at their words meanwhile."""

    def __init__(self, realm_id: UUID) -> None:
        self._realm_id = realm_id
        self._bad_detail: int | None = None

    def changes(self, size: int) -> Iterator[tuple[int, bytes]]:
        rows = rows_of(self._realm_id).filter(seq__lt=size)
        for row in rows.iterator(chunk_size=_CHUNK):
            if self._bad_detail is None and not _words_fit(row):
                self._bad_detail = row.seq
            yield row.seq, leaf_line(bytes(row.leaf_hash), leaf_of(row).content())

    def judged(self, report: verifier.Report) -> verifier.Report:
        problems = list(report.problems)
        first = min((one.seq for one in problems if one.seq is not None), default=None)
        bad = self._bad_detail
        if bad is not None and (first is None or bad < first):
            problems.insert(0, verifier.Problem("DETAIL", seq=bad))
        if not problems and (beyond := self._beyond_the_head()) is not None:
            problems.append(verifier.Problem("HEAD", seq=beyond))
        return replace(report, problems=problems)

    def _beyond_the_head(self) -> int | None:
        """An entry that the head does not know of; rows are read first, so writers do no harm."""
        rows = AuditLeaf.objects.filter(realm=self._realm_id)
        last = rows.aggregate(last=Max("seq"))["last"]
        size = claim_of(self._realm_id).size
        return size - 1 if last is not None and last >= size else None


def _words_fit(row: AuditLeaf) -> bool:
    try:
        return detail_fits(row)
    except VaultRefusal:
        return False
