from pathlib import Path

import click
from django.utils import timezone

from tanxin.apps.org import intake
from tanxin.apps.org.services import founder
from tanxin.cli.realms import chosen_realm

FORMATS = {".xlsx": "xlsx", ".csv": "csv", ".zip": "csv"}


@click.group()
def command() -> None:
    """Take data out; every export is logged."""


@command.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--realm", help="Name or id; not needed where there is one realm.")
def roster(path: Path, realm: str | None) -> None:
    """Write the roster of today to PATH: .xlsx, or .zip for CSV files."""
    if path.suffix not in FORMATS:
        raise click.BadParameter("The name must end in .xlsx, .csv or .zip.")
    actor = founder(chosen_realm(realm))
    kind = FORMATS[path.suffix]
    data = intake.export_roster(
        actor,
        on=timezone.localdate(),
        at=timezone.now(),
        format="xlsx" if kind == "xlsx" else "csv",
    )
    path.write_bytes(data)
    click.echo(f"{path}: {len(data):,} bytes")
