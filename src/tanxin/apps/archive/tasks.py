from django.utils import timezone
from django_tasks import task

from tanxin.apps.archive.attachments import sweep


@task()
def sweep_files(_: str) -> int:
    """Take away files of no row; what is younger than an hour may still get one."""
    return sweep(at=timezone.now()).removed
