"""``tanxin worker``: runs queued jobs, and queues the daily ones when their day has come."""

import os
import time
from collections.abc import Callable

import click
from django.utils import timezone

from tanxin.cli.jobs import enqueue_due
from tanxin.cli.processes import Parts

LOOK_EVERY_SECONDS = 30


@click.command()
@click.option("--once", is_flag=True, help="Queue what is due and stop.")
def command(*, once: bool) -> None:
    """Run jobs until stopped."""
    if once:
        click.echo(f"{enqueue_due(timezone.localdate())} jobs queued.")
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
    looked_at = 0.0

    def look() -> None:
        nonlocal looked_at
        if time.monotonic() - looked_at >= LOOK_EVERY_SECONDS:
            looked_at = time.monotonic()
            enqueue_due(timezone.localdate())

    return look
