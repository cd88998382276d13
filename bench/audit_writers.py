"""Eight processes that write to one log, by turns with and without its chain. Prints JSON.

``python -m bench.with_django bench.audit_writers WRITERS EACH ROUNDS``, with the database in the
environment.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from uuid import UUID, uuid4

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from tanxin.apps.audit import services
from tanxin.apps.audit.models import AuditDetail
from tanxin.apps.audit.rows import row_of
from tanxin.apps.audit.selectors import verify_chain
from tanxin.apps.realms.models import JobRun, Realm
from tanxin.core.vault.leaf import SALT_BYTES, Leaf, Log, commit_detail
from tanxin.core.vault.suites import INTL_1, provider_for

Took = tuple[float, float, list[float]]


def main(writers: int, each: int, rounds: int) -> None:
    call_command("migrate", verbosity=0)
    realm, floor = (Realm.objects.create(name=name).pk for name in ("委员会", "对照"))
    connection.close()
    with_chain, without = list[Took](), list[Took]()
    for number in range(rounds):
        with_chain.append(together(chained, realm, writers, each))
        seqs = range(number * writers * each, (number + 1) * writers * each, each)
        without.append(together(unchained, floor, writers, each, seqs))
    found = {
        "ours": told(with_chain), "floor": told(without), "verdict": str(verify_chain(realm)),
    }  # fmt: skip
    connection.close()
    sys.stdout.write(json.dumps(found) + "\n")


def chained(realm_id: UUID, _: int) -> None:
    with transaction.atomic():
        row = JobRun.objects.create(name=str(uuid4()), day=timezone.now().date())
        services.record(
            "duties.derived", realm_id=realm_id, actor=None, subject_kind="job",
            subject_id=row.pk, detail={"number": 1}, at=timezone.now(),
        )  # fmt: skip


def unchained(realm_id: UUID, seq: int) -> None:
    provider, detail, at = provider_for(INTL_1), {"number": 1}, timezone.now()
    with transaction.atomic():
        row = JobRun.objects.create(name=str(uuid4()), day=at.date())
        salt = provider.random(SALT_BYTES)
        commit = commit_detail(provider, salt, detail)
        leaf = row_of(
            Leaf(Log.CHANGES, realm_id, seq, at, None, None, "duties.derived", "job", row.pk,
                 commit, bytes(32))
        )  # fmt: skip
        leaf.save(force_insert=True)
        AuditDetail.objects.create(realm_id=realm_id, leaf=leaf, salt=salt, content=detail)


def together(
    write: Callable[[UUID, int], None],
    realm_id: UUID,
    writers: int,
    each: int,
    begins: range | None = None,
) -> Took:
    context = get_context("fork")
    ready, queue = context.Barrier(writers), context.Queue()
    firsts = begins or range(writers)
    processes = [
        context.Process(target=one, args=(partial(write, realm_id), first, each, ready, queue))
        for first in firsts
    ]
    for process in processes:
        process.start()
    rows = [queue.get() for _ in processes]
    for process in processes:
        process.join()
    begun, ended = min(row[0] for row in rows), max(row[1] for row in rows)
    return begun, ended, [took for row in rows for took in row[2]]


def one(
    write: Callable[[int], None],
    first: int,
    each: int,
    ready: Barrier,
    queue: "Queue[Took]",
) -> None:
    JobRun.objects.exists()
    took = []
    ready.wait()
    begun = time.monotonic()
    for number in range(each):
        at = time.perf_counter()
        write(first + number)
        took.append((time.perf_counter() - at) * 1000)
    queue.put((begun, time.monotonic(), took))


def told(rounds: list[Took]) -> dict[str, float]:
    took = sorted(one for _, _, some in rounds for one in some)
    seconds = sum(ended - begun for begun, ended, _ in rounds)
    return {
        "rate": len(took) / seconds,
        "p50": took[len(took) // 2],
        "p95": took[len(took) * 95 // 100],
    }


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
