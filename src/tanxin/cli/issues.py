import json

import click

from tanxin.apps.issues.tallies import rebuild
from tanxin.cli.realms import chosen_realm


@click.group()
def command() -> None:
    """What was raised and what came of it, in figures."""


@command.command()
@click.option("--realm", help="Name or id; not needed where there is one realm.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def recount(realm: str | None, *, as_json: bool) -> None:
    """Count the issues of each unit, month and kind anew. Stop the server before."""
    count = rebuild(chosen_realm(realm))
    click.echo(json.dumps({"issues": count}) if as_json else f"{count} issues counted anew.")
