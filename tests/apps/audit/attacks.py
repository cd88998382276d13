"""What somebody with the database's password can do to a log, in SQL."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from tanxin.apps.audit import services
from tanxin.apps.audit.models import AuditLeaf, LogHead
from tanxin.apps.audit.rows import leaf_of, row_of
from tanxin.apps.audit.services import Entry
from tanxin.core.access import Actor
from tanxin.core.vault.leaf import NO_HASH

FAR = 10**9
# Columns of a leaf, and what they are changed to.
CHANGES = {
    "at": lambda row: row.at + timedelta(seconds=1),
    "actor": lambda row: uuid4(),
    "person": lambda row: None,
    "event": lambda row: "talk.refused" if row.event != "talk.refused" else "talk.held",
    "subject_kind": lambda row: "issue",
    "subject_id": lambda row: UUID(int=row.seq + 1),
    "detail_commit": lambda row: bytes(32),
}


def write(realm_id, count, *, start=0):
    actor = Actor(realm_id=realm_id, person_id=uuid4(), account_id=uuid4())
    with transaction.atomic():
        entries = [
            Entry("talk.held", "talk", UUID(int=1000 + start + n), {"step": n} if n % 3 else None)
            for n in range(count)
        ]
        services.record_batch(entries, realm_id=realm_id, actor=actor, at=timezone.now())


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def stored(column, value):
    return AuditLeaf._meta.get_field(column).get_db_prep_save(value, connection)


def change(realm_id, seq, column):
    row = AuditLeaf.objects.get(realm=realm_id, seq=seq)
    value = stored(column, CHANGES[column](row))
    sql(f"UPDATE audit_auditleaf SET {column} = %s WHERE id = %s", value, stored("id", row.pk))


def delete(realm_id, seq):
    where = stored("realm", realm_id)
    sql("DELETE FROM audit_auditleaf WHERE realm_id = %s AND seq = %s", where, seq)


def cut(realm_id, count):
    where = stored("realm", realm_id)
    size = AuditLeaf.objects.filter(realm=realm_id).count()
    sql("DELETE FROM audit_auditleaf WHERE realm_id = %s AND seq >= %s", where, size - count)


def swap(realm_id, seq):
    where = stored("realm", realm_id)
    for before, after in ((seq, FAR), (seq + 1, seq), (FAR, seq + 1)):
        statement = "UPDATE audit_auditleaf SET seq = %s WHERE realm_id = %s AND seq = %s"
        sql(statement, after, where, before)


def leaves_of(realm_id):
    return [leaf_of(row) for row in AuditLeaf.objects.filter(realm=realm_id).order_by("seq")]


def replace_all(realm_id, leaves, since):
    """Write a whole new tail: numbers, links, hashes and head as the product would have."""
    where = stored("realm", realm_id)
    sql("DELETE FROM audit_auditdetail WHERE realm_id = %s", where)
    sql("DELETE FROM audit_auditleaf WHERE realm_id = %s AND seq >= %s", where, since)
    prev, rows = leaves[since - 1].hash() if since else NO_HASH, []
    for seq, known in enumerate(leaves[since:], since):
        leaf = replace(known, seq=seq, prev=prev)
        prev = leaf.hash()
        rows.append(row_of(leaf))
    AuditLeaf.objects.bulk_create(rows)
    LogHead.objects.filter(realm=realm_id).update(size=len(leaves), head_hash=prev)


def recompute(realm_id, seq):
    leaves = leaves_of(realm_id)
    leaves[seq] = replace(leaves[seq], event="talk.refused")
    replace_all(realm_id, leaves, seq)


def renumber(realm_id, seq):
    leaves = leaves_of(realm_id)
    del leaves[seq]
    replace_all(realm_id, leaves, seq)


def insert(realm_id, seq):
    leaves = leaves_of(realm_id)
    leaves.insert(seq, replace(leaves[seq], event="talk.refused"))
    replace_all(realm_id, leaves, seq)


def roll_back(realm_id, size):
    """An older backup is put back: rows and head of then."""
    leaves = leaves_of(realm_id)[:size]
    replace_all(realm_id, leaves, size)


def cases(rows, each):
    """(attack, arguments, verdict, entry named) as in the measured table, every ``each``th."""
    last = rows - 1
    every = [(change, (seq, column), "ALTERED", seq) for seq in range(rows) for column in CHANGES]
    every += [(delete, (seq,), "MISSING", seq) for seq in range(last)]
    every += [(delete, (last,), "TRUNCATED", last)]
    every += [(swap, (seq,), "ALTERED", seq) for seq in range(last)]
    every += [(cut, (count,), "TRUNCATED", rows - count) for count in range(1, rows)]
    some = range(0, rows, max(1, rows // 100))
    every += [(recompute, (seq,), "RECOMPUTED", seq) for seq in some]
    every += [(renumber, (seq,), "RECOMPUTED" if seq < last else "ROLLBACK", seq) for seq in some]
    every += [(insert, (seq,), "RECOMPUTED", seq) for seq in some]
    return every[::each]
