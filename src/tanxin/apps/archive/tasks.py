from django.utils import timezone
from django_tasks import task

from tanxin.apps.archive.attachments import sweep
from tanxin.apps.archive.erasing import erase_old_notes
from tanxin.apps.realms.selectors import realm_ids


@task()
def sweep_files(_: str) -> int:
    """Take away files of no row; what is younger than an hour may still get one."""
    return sweep(at=timezone.now()).removed


@task()
def erase_notes(_: str) -> int:
    """In every realm; may run again, and late."""
    return sum(erase_old_notes(realm, at=timezone.now()) for realm in realm_ids())
