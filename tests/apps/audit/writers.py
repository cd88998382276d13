"""Eight writers on one log. Run as a program it makes its own SQLite file under TANXIN_HOME."""

import threading
from uuid import uuid4

import django
from django.db import connection, transaction
from django.utils import timezone

WRITERS, LEAVES = 8, 25


def write_together(realm_id) -> list[BaseException]:
    """Let all write; returns what went wrong."""
    from tanxin.apps.audit import services  # noqa: PLC0415 - needs Django set up first

    failures = []
    start = threading.Barrier(WRITERS)

    def write():
        try:
            start.wait()
            for number in range(LEAVES):
                with transaction.atomic():
                    services.record(
                        "talk.held", realm_id=realm_id, actor=None, subject_kind="talk",
                        subject_id=uuid4(), detail={"number": number}, at=timezone.now(),
                    )  # fmt: skip
        except BaseException as failure:  # noqa: BLE001 - reported by the caller
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def main() -> None:
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django set up first

    from tanxin.apps.audit.selectors import verify_chain  # noqa: PLC0415 - the same
    from tanxin.apps.realms.models import Realm  # noqa: PLC0415 - the same

    for app in ("audit", "realms"):
        call_command("migrate", app, skip_checks=True, verbosity=0)
    realm = Realm.objects.create(name="委员会")
    failures = write_together(realm.pk)
    print(failures or verify_chain(realm.pk))


if __name__ == "__main__":
    main()
