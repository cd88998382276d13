"""``tanxin worker``: runs queued jobs, queues the daily ones, signs how far the logs have come."""

import os
import time
from collections.abc import Callable

import click
from django.utils import timezone

from tanxin.apps.archive.lending import end_what_lost_its_role
from tanxin.apps.audit.tasks import take_checkpoints, take_due_checkpoints
from tanxin.apps.notices.tasks import send_due_everywhere
from tanxin.cli.jobs import enqueue_due
from tanxin.cli.processes import Parts

LOOK_EVERY_SECONDS = 30
# Five hundred entries are signed within this time.
MUCH_EVERY_SECONDS = 10
# With the look above and the time it takes, never more than five minutes apart.
CHECKPOINT_EVERY_SECONDS = 240


@click.command()
@click.option("--once", is_flag=True, help="Queue what is due and stop.")
def command(*, once: bool) -> None:
    """Run jobs until stopped."""
    if once:
        click.echo(f"{enqueue_due(timezone.localdate())} jobs queued.")
        click.echo(f"{take_checkpoints()} checkpoints taken.")
        end_what_lost_its_role(at=timezone.now())
        click.echo(f"{send_due_everywhere(at=timezone.now())} messages sent.")
        return
    parts = Parts(dict(os.environ) | {"DJANGO_SETTINGS_MODULE": "tanxin.config.settings"})
    parts.start("jobs", "django", "db_worker", "--interval", "1")
    try:
        ended = parts.wait(between=enqueue_now_and_then())
    finally:
        parts.stop()
    if ended:
        raise click.ClickException("The job runner ended by itself.")


def enqueue_now_and_then() -> Callable[[], None]:
    jobs = every(LOOK_EVERY_SECONDS, lambda: enqueue_due(timezone.localdate()))
    checkpoints = every(CHECKPOINT_EVERY_SECONDS, take_checkpoints)
    much = every(MUCH_EVERY_SECONDS, take_due_checkpoints)
    lent = every(LOOK_EVERY_SECONDS, lambda: end_what_lost_its_role(at=timezone.now()))

    mail = every(LOOK_EVERY_SECONDS, lambda: send_due_everywhere(at=timezone.now()))

    def look() -> None:
        jobs()
        checkpoints()
        much()
        lent()
        mail()

    return look


def every(seconds: float, do: Callable[[], object]) -> Callable[[], None]:
    """What calls ``do`` at once, and then only after ``seconds`` each time."""
    last = float("-inf")

    def now_and_then() -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            last = time.monotonic()
            do()

    return now_and_then
