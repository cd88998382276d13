import json
import sys

import click

from tanxin.apps.sealing.health import keeper_is_sealed, parts_answering


@click.command()
@click.option("--json", "as_json", is_flag=True)
def command(*, as_json: bool) -> None:
    """Say whether database and keeper answer; exit code 0 only if both do."""
    parts = parts_answering()
    if as_json:
        click.echo(json.dumps(parts))
    else:
        for part, well in parts.items():
            click.echo(f"{part}: {'ok' if well else 'does not answer'}")
        if not parts["keeper"] and keeper_is_sealed():
            click.echo("The keeper is sealed: tanxin keeper unseal")
    sys.exit(0 if all(parts.values()) else 1)
