import sys

import click

from tanxin.apps.audit.selectors import verify_chain
from tanxin.apps.realms.selectors import realm_ids


@click.group()
def command() -> None:
    """The log of every change."""


@command.command()
def verify() -> None:
    """Recompute each realm's chain; exit code 1 and the first bad entry if it was altered."""
    broken = False
    for realm_id in realm_ids():
        verdict = verify_chain(realm_id)
        broken = broken or not verdict.intact
        click.echo(f"{realm_id}: {verdict}")
    sys.exit(1 if broken else 0)
