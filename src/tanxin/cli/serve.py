import os

import click
from django.conf import settings
from django.core import checks

from tanxin.apps.audit.restoring import shorter_than_signed
from tanxin.apps.realms.selectors import has_real_realm
from tanxin.cli.processes import Parts, granian

RESTORED = (
    "The log is shorter than what was signed of it. Where a backup was restored, state it before"
    " anybody works again: tanxin audit restored --reason WHY. Otherwise: tanxin audit verify"
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True)
def command(host: str, port: int, workers: int) -> None:
    """Serve the web pages. The keeper and the worker are processes of their own."""
    refuse_if_unsafe()
    parts = Parts(dict(os.environ))
    parts.start("web", *granian(host, port, workers=workers))
    try:
        ended = parts.wait()
    finally:
        parts.stop()
    if ended:
        raise click.ClickException("The web server ended by itself.")


def refuse_if_unsafe() -> None:
    problems = checks.run_checks(include_deployment_checks=not settings.TANXIN_DEMO)
    serious = [problem for problem in problems if problem.level >= checks.ERROR]
    if settings.TANXIN_DEMO and has_real_realm():
        raise click.ClickException("Demo mode is on, and this database holds a real realm.")
    if serious:
        raise click.ClickException("\n".join(str(problem) for problem in serious))
    if shorter_than_signed():
        raise click.ClickException(RESTORED)
