"""A row and its leaf, from eight processes at once. Prints how long each commit took, as JSON."""

import json
import os
import sys
import time
from multiprocessing import Barrier, Process, Queue
from pathlib import Path
from uuid import uuid4

import django
from django.core.management import call_command

import postgres

WRITERS, EACH = 8, 150


def write(realm_id, ready, told):
    django.setup()
    from django.db import transaction  # noqa: PLC0415 - needs Django set up first
    from django.utils import timezone  # noqa: PLC0415 - the same

    from tanxin.apps.audit import services  # noqa: PLC0415 - the same
    from tanxin.apps.realms.models import JobRun  # noqa: PLC0415 - the same

    now = timezone.now()
    JobRun.objects.exists()
    took = []
    ready.wait()
    begun = time.monotonic()
    for number in range(EACH):
        at = time.perf_counter()
        with transaction.atomic():
            row = JobRun.objects.create(name=str(uuid4()), day=now.date())
            services.record(
                "duties.derived", realm_id=realm_id, actor=None, subject_kind="job",
                subject_id=row.pk, detail={"number": number}, at=timezone.now(),
            )  # fmt: skip
        took.append(time.perf_counter() - at)
    told.put((begun, time.monotonic(), took))


def main() -> None:
    server, os.environ["TANXIN_DATABASE_URL"] = postgres.start(Path(sys.argv[1]))
    django.setup()
    from django.db import connection  # noqa: PLC0415 - needs Django set up first

    from tanxin.apps.audit.selectors import verify_chain  # noqa: PLC0415 - the same
    from tanxin.apps.realms.models import Realm  # noqa: PLC0415 - the same

    call_command("migrate", skip_checks=True, verbosity=0)
    realm_id = Realm.objects.create(name="委员会").pk
    connection.close()
    ready, told = Barrier(WRITERS), Queue()
    processes = [Process(target=write, args=(realm_id, ready, told)) for _ in range(WRITERS)]
    for process in processes:
        process.start()
    rows = [told.get() for _ in processes]
    for process in processes:
        process.join()
    took = sorted(one for _, _, some in rows for one in some)
    seconds = max(end for _, end, _ in rows) - min(begun for begun, _, _ in rows)
    print(json.dumps({
        "rate": len(took) / seconds,
        "p50": took[len(took) // 2] * 1000,
        "p95": took[len(took) * 95 // 100] * 1000,
        "verdict": str(verify_chain(realm_id)),
    }))  # fmt: skip
    connection.close()
    del server


if __name__ == "__main__":
    main()
